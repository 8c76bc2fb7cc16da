"""What happens in a process of the pool: one hand-in becomes one report.

Each process keeps one grader, and with it one warm worker. Only values go in and come out;
an exception would have to survive pickling, and a fault here is nothing exceptional: the batch
tries again.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from grader.classroom.intake import candidates
from grader.classroom.intake.candidates import Material
from grader.errors import FaultError, GraderError
from grader.observed import Observed
from grader.report import Environment, Report
from grader.submission import Submission

_Answer = TypeVar("_Answer")
Dress = Callable[[Report], Report]


@dataclass(frozen=True)
class Page:
    """A graded submission.

    feedback: the student's page; empty if none was asked for, or it could not be made.
    trouble: what went wrong with the page. observed: what is for instructors alone.
    """

    report: Report
    feedback: str = ""
    trouble: str = ""
    observed: Observed | None = None


class Grader(Protocol):
    """Grades submissions, one after the other."""

    def environment(self) -> Environment:
        """What its reports will say about the grader and its surroundings."""

    def defined(self, submission: Submission) -> int:
        """How many of the asked names the submission defines; -1 if it is no notebook."""

    def grade(self, submission: Submission, dress: Dress) -> Page:
        """The submission, graded; `dress` adds what is known of the hand-in to the report.

        Raises FaultError if that could not be done.
        """

    def close(self) -> None:
        """End its worker."""


class MakeGrader(Hashable, Protocol):
    """Makes a grader, in the process that needs it; can be pickled and compared."""

    def __call__(self) -> Grader:
        """A new grader. Raises GraderError if there can't be one."""


@dataclass(frozen=True)
class Fault:
    """The grader could not do its work. fatal: nor can it for any other submission."""

    reason: str
    fatal: bool = False


# One at a time: pytest, which runs the rubric, keeps its state in the process.
_lock = threading.Lock()
_graders: dict[MakeGrader, Grader] = {}


def surroundings(make: MakeGrader) -> Environment | Fault:
    """The environment of this process' grader, which is started for it."""
    return _with_grader(make, lambda grader: grader.environment())


def grade(make: MakeGrader, read: Material) -> Page | Fault:
    """Grade the candidate that counts, with this process' grader."""
    return _with_grader(make, lambda grader: best(grader, read))


def best(grader: Grader, read: Material) -> Page:
    """Grade the candidate that counts: a notebook before a script, unless it has none of the work.

    Of several that is the one that defines most of the names; of equals the one with most
    points. A copy of the starter defines all. So what only raises NotImplementedError there
    does not count, which is known once it was graded.
    """
    dress = partial(candidates.dressed, material=read)
    page = _best_of(grader, read.candidates, dress)
    if not read.beside or candidates.written(page.report):
        return page
    other = _best_of(grader, read.beside, dress)
    return other if candidates.written(other.report) else page


def _best_of(grader: Grader, candidates: tuple[Submission, ...], dress: Dress) -> Page:
    if len(candidates) == 1:
        return grader.grade(candidates[0], dress)
    defined = [grader.defined(one) for one in candidates]
    if max(defined) < 1:
        # Nothing comes of these, whichever is taken; the first notebook, if there is one.
        return grader.grade(candidates[defined.index(max(defined))], dress)
    pages: list[tuple[int, float, Page]] = []
    for most in sorted({count for count in defined if count > 0}, reverse=True):
        if pages and max(written for written, _, _ in pages) > most:
            break
        for one, count in zip(candidates, defined, strict=True):
            if count == most:
                page = grader.grade(one, dress)
                pages.append((count - _unwritten(page.report), page.report.score or 0.0, page))
    return max(pages, key=lambda each: each[:2])[-1]


def _unwritten(report: Report) -> int:
    return sum(exercise.unwritten for exercise in report.exercises)


def _with_grader(make: MakeGrader, work: Callable[[Grader], _Answer]) -> _Answer | Fault:
    with _lock:
        if make not in _graders:
            try:
                _graders[make] = make()
            except GraderError as error:
                return Fault(str(error), fatal=True)
        try:
            return work(_graders[make])
        except FaultError as error:
            # The next submission gets a new worker.
            _drop(make)
            return Fault(str(error))
        except Exception as error:  # noqa: BLE001 -- one hand-in's bug is no other's
            _drop(make)
            return Fault(f"internal error ({type(error).__name__}: {error})")


@atexit.register
def _close_all() -> None:
    for make in list(_graders):
        _drop(make)


def _drop(make: MakeGrader) -> None:
    grader = _graders.pop(make)
    # It is given up already, whatever it says to that.
    with suppress(Exception):
        grader.close()
