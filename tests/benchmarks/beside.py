"""This tree beside another commit of it, in turn: the same work, the same interpreter, ratios.

The other commit is checked out into a folder of its own and runs with the packages of this one.
What is compared is what both have had since the first batch: `grader batch` on a folder of
notebooks, and the table, summary and page that are made of ten thousand reports.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import mixture, watching
from tests.benchmarks.many_reports import COUNT
from tests.benchmarks.measuring import PROJECT, REFERENCE, Cost, table

PAIRS = 3
NAMES = ("warm", "right", "class", "reports")
# Copies of the reference notebook: the first of them pays for the warming up of its worker.
_COPIES = 6
HAND_INS = 20
# Both trees have the module and this function; it starts a process, whose time is all there is.
_PUBLISH = """
import json, resource, sys, time
from pathlib import Path
from tests.benchmarks import many_reports
began = time.monotonic()
many_reports.published(Path(sys.argv[1]), int(sys.argv[2]))
wall = time.monotonic() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([wall, used.ru_utime + used.ru_stime]))
"""


class NoSuchCommitError(Exception):
    """What was named is no commit of this repository, or there is no repository."""


@dataclass(frozen=True)
class Work:
    """Something that both trees do: its name, and what it costs in a tree."""

    name: str
    cost: Callable[[Path], Cost]


def tables(
    revision: str, names: Sequence[str] = (), count: int = HAND_INS, pairs: int = PAIRS
) -> str:
    """A table of ratios, this tree to the other.

    names: of what is compared; all without one. count: how many hand-ins are a class.
    Raises NoSuchCommitError.
    """
    with checked_out(revision) as other, tempfile.TemporaryDirectory() as scratch:
        every = works(Path(scratch), count)
        return _compared([every[name] for name in names or NAMES], other, revision, pairs)


def works(scratch: Path, count: int) -> dict[str, Work]:
    """What is compared. The folder gets the classes, the same ones for both trees."""
    copies, right, mixed = (scratch / name for name in ("copies", "right", "mixed"))
    copies.mkdir(parents=True)
    for number in range(_COPIES):
        data = REFERENCE.read_bytes() + b" " * number
        (copies / f"s{number}.ipynb").write_bytes(data)
    mixture.write(right, count, right=True)
    mixture.write(mixed, count)
    every = (
        Work("a right notebook, warm", lambda tree: _one(tree, copies)),
        Work(f"a class of {count} right ones, from the start", lambda tree: _class(tree, right)),
        Work(f"a class of {count}, real mix, from the start", lambda tree: _class(tree, mixed)),
        Work(f"{COUNT:,} small reports", published),
    )
    return dict(zip(NAMES, every, strict=True))


@contextmanager
def checked_out(revision: str) -> Iterator[Path]:
    """The commit as a folder, gone afterwards. Raises NoSuchCommitError."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "before"
        # Not `git worktree`: nothing is to be left in the repository if this is killed.
        for command in (
            ["git", "clone", "--quiet", "--shared", "--no-checkout", str(PROJECT), str(path)],
            ["git", "-C", str(path), "checkout", "--quiet", "--detach", _commit(revision)],
        ):
            _git(command, revision)
        yield path


def _commit(revision: str) -> str:
    return _git(
        ["git", "-C", str(PROJECT), "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"],
        revision,
    )


def _git(command: Sequence[str], revision: str) -> str:
    try:
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    except OSError as error:
        raise NoSuchCommitError(f"git can't be run here ({error.strerror})") from None
    except subprocess.CalledProcessError as error:
        told = str(error.stderr).strip() or "there is no such commit here"
        raise NoSuchCommitError(f"{revision}: {told}") from None
    return done.stdout.strip()


def _compared(every: Sequence[Work], other: Path, revision: str, count: int) -> str:
    rows = []
    for work in every:
        # Whoever comes first in a pair comes second in the next: machines warm up and tire.
        pairs = []
        for number in range(count):
            order = (PROJECT, other) if number % 2 else (other, PROJECT)
            costs = {tree: work.cost(tree) for tree in order}
            pairs.append((costs[PROJECT], costs[other]))
        rows.append([work.name, *row(pairs)])
    heads = ["in turn", "CPU s", f"at {revision}", "ratio", "wall s", f"at {revision}", "ratio"]
    return table(heads, rows)


def row(pairs: Sequence[tuple[Cost, Cost]]) -> list[str]:
    """The medians of this tree and of the other, and the median of the ratios, pair by pair."""
    return [
        *_cells([(ours.cpu, theirs.cpu) for ours, theirs in pairs]),
        *_cells([(ours.wall, theirs.wall) for ours, theirs in pairs]),
    ]


def _cells(pairs: Sequence[tuple[float, float]]) -> list[str]:
    medians = [f"{statistics.median(column):.2f}" for column in zip(*pairs, strict=True)]
    return [*medians, f"{statistics.median(ours / theirs for ours, theirs in pairs):.2f}"]


def _one(tree: Path, submissions: Path) -> Cost:
    """What a hand-in costs once its worker is warm, as its report says."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "out"
        watching.batch(submissions, out, "--jobs", "1", tree=tree)
        reports = [json.loads(path.read_bytes()) for path in (out / "reports").glob("*.json")]
    if any(report["score"] != report["max_score"] for report in reports):
        raise AssertionError(f"{tree}: the reference notebook is not right there")
    times = [report["timing"] for report in sorted(reports, key=lambda one: str(one["student"]))]
    return Cost(
        statistics.median(time["wall_seconds"] for time in times[1:]),
        statistics.median(time["cpu_seconds"] for time in times[1:]),
    )


def _class(tree: Path, submissions: Path) -> Cost:
    """What a batch costs from its start to its end, all its processes together."""
    with tempfile.TemporaryDirectory() as scratch:
        run = watching.batch(submissions, Path(scratch) / "out", tree=tree)
    return Cost(run.seconds, max(look.cpu for look in run.looks))


def published(tree: Path, count: int = COUNT) -> Cost:
    """What so many small reports cost in the tree: their table, summary and page."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-c", _PUBLISH, scratch, str(count)]
        done = subprocess.run(command, check=True, cwd=tree, stdout=subprocess.PIPE)
    return Cost(*json.loads(done.stdout))
