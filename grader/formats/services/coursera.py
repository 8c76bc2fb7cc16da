"""A report as Coursera's `feedback.json`: a fraction of the points, and text for the learner."""

from __future__ import annotations

import msgspec

from grader import harmless
from grader.errors import FaultError
from grader.formats import wording
from grader.formats.losses import losses, untold
from grader.report import Exercise, Report

# Longer feedback is cut by the platform, in the middle of a character if need be.
MAX_BYTES = 60_000


class Feedback(msgspec.Struct, frozen=True, rename="camel"):
    """What Coursera reads.

    feedback_type: "HTML" where a page lies beside it, which is then shown in place of the text.
    """

    fractional_score: float
    feedback: str
    feedback_type: str | msgspec.UnsetType = msgspec.UNSET


def feedback(report: Report, *, with_page: bool = False) -> Feedback:
    """`report` in Coursera's terms.

    with_page: whether `htmlFeedback.html` will lie beside it.

    Raises FaultError for a report without a score: any number would be a wrong grade.
    """
    if report.score is None or report.max_score <= 0:
        raise FaultError(report.message or "there is no score")
    fraction = min(1.0, max(0.0, report.score / report.max_score))
    text = harmless.terminal("\n".join(_lines(report)), limit=MAX_BYTES)
    short = text.encode()[:MAX_BYTES].decode(errors="ignore")
    return Feedback(fraction, short, "HTML" if with_page else msgspec.UNSET)


def encode(report: Report, *, with_page: bool = False) -> bytes:
    """The bytes of `feedback.json`."""
    found = feedback(report, with_page=with_page)
    return msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n"


def _lines(report: Report) -> list[str]:
    best = wording.points(report.max_score)
    lines = [f"{wording.points(report.score)} of {best} points"]
    lines += [report.message] if report.message else []
    for exercise in report.exercises:
        lines += _exercise(exercise)
    return lines + [f"Note: {note}" for note in report.notes]


def _exercise(exercise: Exercise) -> list[str]:
    share = f"{wording.points(exercise.score)}/{wording.points(exercise.max_score)}"
    lines = ["", f"{exercise.name}: {share}, {wording.EXERCISE_STATUS[exercise.status]}"]
    lines += [exercise.message] if exercise.message else []
    lines += filter(None, [wording.slip(exercise), untold(exercise)])
    for loss in losses(exercise):
        said = ": ".join(filter(None, (loss.heading, wording.place(loss.place), loss.message)))
        lines.append(f"- {wording.points(loss.points)} lost: {said}")
    return lines
