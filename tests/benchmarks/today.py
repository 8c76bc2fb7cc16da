"""Beside what instructors use today: the same ten notebooks, with equal checks."""

from __future__ import annotations

import csv
import math
import resource
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import course, environment, equal_checks, watching
from tests.benchmarks.baselines import Baseline, Nbgrader, Otter, fresh, stubs
from tests.benchmarks.course import Handed
from tests.benchmarks.measuring import Cost, table

# A course notebook takes them a minute or more, so they get two of the ten: one right, one wrong.
_SHARE = (0, 8)

# As the command comes, which is on all cores, and on one; with its start, and without, which a
# class pays once. The others start anew for each notebook, and know no second core.
_COMMANDS: dict[str, tuple[str, ...]] = {
    "`grader batch`": (),
    "`grader batch --jobs 1`": ("--jobs", "1"),
}
_FURTHER = "the same, each notebook after the first"


def definitions() -> str:
    """All ten notebooks, definitions alone."""
    handed = course.definitions_alone()
    return _compared("definitions alone", handed, handed)


def trainings() -> str:
    """Course notebooks with their trainings."""
    handed = course.with_trainings()
    return _compared("course notebooks with trainings", handed, [handed[n] for n in _SHARE])


def _compared(title: str, handed: Sequence[Handed], share: Sequence[Handed]) -> str:
    """In turn, ours before and after each of theirs: a rate is compared with its neighbours."""
    try:
        place = environment.ready()
    except environment.NotHereError as problem:
        return f"nbgrader and otter-grader can't be had here, so nothing is compared: {problem}"
    cells = equal_checks.cells()
    folder = fresh(environment.HOME / "today")
    submissions = fresh(folder / "submissions")
    for one in handed:
        (submissions / f"{one.student}.ipynb").write_bytes(one.notebook(stubs(cells)))
    ours = [_ours(handed, submissions, folder / "ours")]
    theirs = []
    baselines: tuple[Baseline, ...] = (Nbgrader(place, cells), Otter(place, cells))
    for baseline in baselines:
        at = fresh(folder / "theirs")
        baseline.prepare(share, at)
        began, spent = time.monotonic(), _cpu_of_children()
        baseline.grade(at)
        wall, cpu = time.monotonic() - began, _cpu_of_children() - spent
        theirs.append(Cost(wall / len(share), cpu / len(share)))
        _require_right(share, baseline.scores(at), baseline.name)
        ours.append(_ours(handed, submissions, folder / "ours"))
    rows = []
    for name in ours[0]:
        costs = [measured[name] for measured in ours]
        rates = [
            f"{cost.wall / _mean(costs[turn : turn + 2]).wall:.1f}"
            for turn, cost in enumerate(theirs)
        ]
        rows.append([name.rpartition(": ")[2], str(len(handed)), *_figures(_mean(costs)), *rates])
    for baseline, cost in zip(baselines, theirs, strict=True):
        rows.append([f"`{baseline.name}`", str(len(share)), *_figures(cost), "", ""])
    heads = [title, "notebooks", "wall s each", "CPU s each"]
    return table([*heads, *(f"times the rate of {one.name}" for one in baselines)], rows)


def _ours(handed: Sequence[Handed], submissions: Path, out: Path) -> dict[str, Cost]:
    """What a notebook costs with each command."""
    found = {}
    for name, options in _COMMANDS.items():
        run = watching.batch(submissions, fresh(out), "--no-feedback", *options)
        with (out / "grades.csv").open(encoding="utf-8", newline="") as grades:
            scores = {row["student"]: float(row["score"]) for row in csv.DictReader(grades)}
        _require_right(handed, scores, "grader batch")
        cpu = max(look.cpu for look in run.looks) / len(handed)
        found[name] = Cost(run.seconds / len(handed), cpu)
        found[f"{name}: {_FURTHER}"] = Cost(run.further(), math.nan)
    return found


def _mean(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.mean(cost.wall for cost in costs), statistics.mean(cost.cpu for cost in costs)
    )


def _figures(cost: Cost) -> list[str]:
    return [f"{cost.wall:.2f}", "" if math.isnan(cost.cpu) else f"{cost.cpu:.2f}"]


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _require_right(handed: Sequence[Handed], scores: dict[str, float], who: str) -> None:
    """Full marks for right notebooks and for no other; else the comparison is worth nothing."""
    full = {student for student, score in scores.items() if score > 99.99}
    right = {one.student for one in handed if one.right}
    assert full == right, f"{who} gives full marks to {sorted(full)}, not to {sorted(right)}"
    assert len(scores) == len(handed), f"{who} graded {len(scores)} of {len(handed)}"
