"""Grades many notebooks of the instructors' own, on as many cores as are wanted.

With one job all is done here, in the sandbox that was given. With more, each process of a
pool starts a sandbox of the same tier and keeps it. Reports come back in the order asked.
"""

from __future__ import annotations

import atexit
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from grader import report as reports
from grader import sandbox as wall
from grader.assignments import loading
from grader.judging import grade
from grader.kit.assignment import Assignment
from grader.report import Report
from grader.sandbox import Sandbox, Tier
from grader.sandbox.resources.sharing import can_share
from grader.submission import Submission

Progress = Callable[[int, int], None]
Notebook = tuple[str, bytes]

# One worker for all that a process of the pool grades.
_mine: dict[Tier, Sandbox] = {}


def grade_all(
    notebooks: Sequence[Notebook],
    sandbox: Sandbox,
    assignment: Assignment,
    *,
    jobs: int = 1,
    on_progress: Progress | None = None,
) -> tuple[Report, ...]:
    """The reports on (file name, bytes) pairs, in the same order.

    on_progress: is told how many are done, and how many there are. Raises FaultError if one
    could not be graded.
    """
    done: list[Report] = []
    for report in _each(notebooks, sandbox, assignment, jobs):
        done.append(report)
        if on_progress is not None:
            on_progress(len(done), len(notebooks))
    return tuple(done)


def _each(
    notebooks: Sequence[Notebook], sandbox: Sandbox, assignment: Assignment, jobs: int
) -> Iterator[Report]:
    if jobs <= 1 or not can_share():
        for file, data in notebooks:
            yield grade(Submission.of(file, data), sandbox, assignment).report
        return
    # Not forked: the sandbox has threads and descriptors, which a fork would share.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context) as pool:
        tasks = [(sandbox.tier, assignment.given, file, data) for file, data in notebooks]
        try:
            for encoded in pool.map(_grade_there, tasks):
                yield reports.decode(encoded)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _grade_there(task: tuple[Tier, str, str, bytes]) -> bytes:
    """Runs in a process of the pool; a report travels as the JSON that it is."""
    tier, given, file, data = task
    if tier not in _mine:
        _mine[tier] = wall.start(tier)
        atexit.register(_mine[tier].close)
    graded = grade(Submission.of(file, data), _mine[tier], loading.load(given))
    return reports.encode(graded.report)
