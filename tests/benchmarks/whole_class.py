"""A class of 300: how fast with one process and with two, and whether memory stays flat."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from tests.benchmarks import mixture, watching
from tests.benchmarks.measuring import table
from tests.benchmarks.watching import Look, Run

COUNT, ALONE = 300, 100
_SETTLED = 20
_MIB = 2**20


def tables() -> str:
    """Two processes on all, one process on the first part of the same class."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        mixture.write(folder / "all", COUNT)
        mixture.write(folder / "part", ALONE)
        one = _graded(folder / "part", folder / "out1", 1)
        two = _graded(folder / "all", folder / "out2", 2)
        same = _own_seconds(folder / "out1"), _own_seconds(folder / "out2")
    rates = [run.a_minute(_SETTLED) for run in (one, two)]
    speed = table(
        ["a class, real mix", "hand-ins", "wall s", "a minute, once warm", "cores used"],
        [
            [
                f"`--jobs {jobs}`",
                str(count),
                f"{run.seconds:.0f}",
                f"{rate:.0f}",
                f"{_cores(run):.2f}",
            ]
            for jobs, count, run, rate in ((1, ALONE, one, rates[0]), (2, COUNT, two, rates[1]))
        ],
    )
    words = (
        f"Two processes do {rates[1] / rates[0]:.2f} times the work of one; of two cores they use "
        f"{_cores(two) / 2:.0%}. CPU seconds of a hand-in, as its report says: "
        f"{same[0] / ALONE:.2f} with one process, {same[1] / COUNT:.2f} with two."
    )
    return f"{speed}\n\n{words}\n\n{_memory(two)}"


def _graded(submissions: Path, out: Path, jobs: int) -> Run:
    return watching.batch(submissions, out, "--jobs", str(jobs))


def _span(run: Run) -> tuple[Look, Look]:
    return run.after(_SETTLED), run.last()


def _cores(run: Run) -> float:
    first, last = _span(run)
    return (last.cpu - first.cpu) / (last.at - first.at)


def _own_seconds(out: Path) -> float:
    reports = (json.loads(path.read_bytes()) for path in (out / "reports").glob("*.json"))
    return sum(float(report["timing"]["cpu_seconds"]) for report in reports)


def _memory(run: Run) -> str:
    rows = []
    for what, of in (("process of the pool", "judges"), ("its warm worker", "workers")):
        found = [max(getattr(look, of), default=0) / _MIB for look in _span(run)]
        most = max(max(getattr(look, of), default=0) for look in run.looks) / _MIB
        rows.append([what, *(f"{size:.0f}" for size in (*found, most))])
    heads = ["resident MiB, the larger of two", f"after {_SETTLED}", f"after {COUNT}", "most"]
    return table(heads, rows)
