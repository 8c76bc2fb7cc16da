"""A report as PrairieLearn's `results.json`: a fraction of the points, and a test per exercise.

What can't be read is "not gradable" there: it costs the student no attempt.
"""

from __future__ import annotations

import msgspec

from grader import harmless
from grader.errors import FaultError
from grader.formats import wording
from grader.formats.losses import losses, untold
from grader.report import Exercise, Report, Status

# PrairieLearn reads no larger file; texts are cut long before that.
MAX_BYTES = 1_000_000


class Test(msgspec.Struct, frozen=True):
    """One entry of the list that `pl-external-grader-results` shows."""

    name: str
    description: str
    points: float
    max_points: float
    message: str
    output: str


class Results(msgspec.Struct, frozen=True):
    """What PrairieLearn reads."""

    gradable: bool
    message: str
    score: float | msgspec.UnsetType = msgspec.UNSET
    format_errors: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    tests: tuple[Test, ...] | msgspec.UnsetType = msgspec.UNSET


def results(report: Report) -> Results:
    """`report` in PrairieLearn's terms.

    Raises FaultError for a report without a score: any number would be a wrong grade.
    """
    if report.score is None or report.max_score <= 0:
        raise FaultError(report.message or "there is no score")
    message = harmless.terminal("\n".join(filter(None, (report.message, *report.notes))))
    if report.status is Status.UNREADABLE:
        return Results(gradable=False, message=message, format_errors=(message,))
    fraction = min(1.0, max(0.0, report.score / report.max_score))
    tests = tuple(map(_test, report.exercises))
    return Results(gradable=True, message=message, score=fraction, tests=tests)


def encode(report: Report) -> bytes:
    """The bytes of `results.json`."""
    return msgspec.json.format(msgspec.json.encode(results(report)), indent=2) + b"\n"


def _test(exercise: Exercise) -> Test:
    words = (exercise.message, wording.slip(exercise), untold(exercise))
    said = [": ".join(filter(None, (loss.heading, wording.place(loss.place), loss.message)))
            for loss in losses(exercise)]  # fmt: skip
    lost = [wording.points(loss.points) for loss in losses(exercise)]
    output = "\n".join(f"-{points} {line}" for points, line in zip(lost, said, strict=True))
    return Test(
        name=harmless.one_line(exercise.name),
        description=wording.EXERCISE_STATUS[exercise.status],
        points=exercise.score,
        max_points=exercise.max_score,
        message=harmless.terminal(" ".join(filter(None, words))),
        output=harmless.terminal(output, 20_000),
    )
