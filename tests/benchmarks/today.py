"""Beside what instructors use today: the same ten notebooks, with equal checks."""

from __future__ import annotations

import csv
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import course, environment, equal_checks
from tests.benchmarks.baselines import Baseline, Nbgrader, Otter, fresh, stubs
from tests.benchmarks.course import Handed
from tests.benchmarks.equal_checks import TestCell
from tests.benchmarks.measuring import table, timed

# A course notebook takes them a minute or more, so they get three of the ten: two right, one wrong.
_SHARE = (0, 1, 8)


@dataclass(frozen=True)
class _Kind:
    title: str
    handed: Sequence[Handed]
    share: Sequence[Handed]


def tables() -> str:
    """One process each, in turn; ours before and after each of theirs."""
    try:
        place = environment.ready()
    except environment.NotHereError as problem:
        return f"nbgrader and otter-grader can't be had here, so nothing is compared: {problem}"
    cells = equal_checks.cells()
    folder = fresh(environment.HOME / "today")
    alone, courses = course.definitions_alone(), course.with_trainings()
    kinds = (
        _Kind("definitions alone", alone, alone),
        _Kind("a course notebook with trainings", courses, [courses[n] for n in _SHARE]),
    )
    baselines = (Nbgrader(place, cells), Otter(place, cells))
    return "\n\n".join(_compared(kind, baselines, cells, folder / kind.title) for kind in kinds)


def _compared(
    kind: _Kind, baselines: Sequence[Baseline], cells: Sequence[TestCell], folder: Path
) -> str:
    submissions = fresh(folder / "submissions")
    for one in kind.handed:
        (submissions / f"{one.student}.ipynb").write_bytes(one.notebook(stubs(cells)))
    ours = [_ours(kind.handed, submissions, folder / "ours")]
    rows = []
    for baseline in baselines:
        place = fresh(folder / baseline.name.replace(" ", "-"))
        baseline.prepare(kind.share, place)
        seconds = _clocked(lambda graded=baseline, at=place: graded.grade(at)) / len(kind.share)  # type: ignore[misc]
        _require_right(kind.share, baseline.scores(place), baseline.name)
        ours.append(_ours(kind.handed, submissions, folder / "ours"))
        ratio = seconds / statistics.mean(ours[-2:])
        rows.append([f"`{baseline.name}`", f"{len(kind.share)}", f"{seconds:.1f}", f"{ratio:.0f}"])
    mine = ["`grader batch --jobs 1`", f"{len(kind.handed)}", f"{statistics.mean(ours):.2f}", "1"]
    return table([kind.title, "notebooks", "wall s each", "times ours"], [mine, *rows])


def _ours(handed: Sequence[Handed], submissions: Path, out: Path) -> float:
    """Seconds per notebook, with the start of the command and of its worker."""
    options = ["-o", str(out), "--jobs", "1", "--fresh", "--no-feedback"]
    command = [sys.executable, "-m", "grader", "batch", str(submissions), *options]
    seconds = timed(command)
    with (out / "grades.csv").open(encoding="utf-8", newline="") as grades:
        scores = {row["student"]: float(row["score"]) for row in csv.DictReader(grades)}
    _require_right(handed, scores, "grader batch")
    return seconds / len(handed)


def _require_right(handed: Sequence[Handed], scores: dict[str, float], who: str) -> None:
    """Full marks for right notebooks and for no other; else the comparison is worth nothing."""
    full = {student for student, score in scores.items() if score > 99.99}
    right = {one.student for one in handed if one.right}
    assert full == right, f"{who} gives full marks to {sorted(full)}, not to {sorted(right)}"
    assert len(scores) == len(handed), f"{who} graded {len(scores)} of {len(handed)}"


def _clocked(work: Callable[[], None]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began
