"""A report as Gradescope's `results.json`.

Each exercise is a test of its own, with all that is to be said about it in Markdown; the feedback
page comes last, in a frame where nothing can run and which nothing can leave.
"""

from __future__ import annotations

import html

import msgspec

from grader import harmless
from grader.formats import wording
from grader.formats.services import markdown
from grader.report import Exercise, Report, Status


class Test(msgspec.Struct, frozen=True):
    """One entry of Gradescope's list."""

    name: str
    number: str
    output: str
    score: float | msgspec.UnsetType = msgspec.UNSET
    max_score: float | msgspec.UnsetType = msgspec.UNSET
    status: str | msgspec.UnsetType = msgspec.UNSET
    name_format: str = "text"
    output_format: str = "md"
    visibility: str = "visible"


class Results(msgspec.Struct, frozen=True):
    """What Gradescope reads. Without a score and tests it says that the autograder failed.

    stdout_visibility: hidden, for what is printed there is for instructors.
    """

    output: str
    execution_time: float
    score: float | msgspec.UnsetType = msgspec.UNSET
    tests: tuple[Test, ...] | msgspec.UnsetType = msgspec.UNSET
    extra_data: dict[str, str] | msgspec.UnsetType = msgspec.UNSET
    output_format: str = "text"
    test_output_format: str = "text"
    test_name_format: str = "text"
    visibility: str = "visible"
    stdout_visibility: str = "hidden"


def results(report: Report, page: str = "") -> Results:
    """`report` in Gradescope's terms; a report without a score gives results without one.

    page: the student's feedback page, if there is one.
    """
    if report.status is Status.NOT_GRADED or report.score is None:
        return Results(_text(report.message), report.timing.wall_seconds)
    tests = [_test(number, one) for number, one in enumerate(report.exercises, start=1)]
    if page:
        frame = _frame(page)
        number = str(len(tests) + 1)
        tests.append(Test("your notebook", number, frame, output_format="html"))
    return Results(
        output=_output(report),
        execution_time=report.timing.wall_seconds,
        tests=tuple(tests),
        score=report.score,
        extra_data={
            "status": report.status,
            "sha256": report.submission.sha256,
            "versions": wording.versions(report.environment),
            "isolation": report.environment.isolation,
        },
    )


def encode(report: Report, page: str = "") -> bytes:
    """The bytes of `results.json`."""
    return msgspec.json.format(msgspec.json.encode(results(report, page)), indent=2) + b"\n"


def _output(report: Report) -> str:
    lines = [report.message] if report.message else []
    return _text("\n".join(lines + [f"Note: {note}" for note in report.notes]))


def _test(number: int, exercise: Exercise) -> Test:
    return Test(
        name=harmless.one_line(exercise.name),
        number=str(number),
        output=markdown.exercise(exercise),
        score=exercise.score,
        max_score=exercise.max_score,
        status="passed" if exercise.score >= exercise.max_score else "failed",
    )


def _frame(page: str) -> str:
    return (
        '<iframe sandbox title="your notebook, and where its points went"'
        f' style="width: 100%; height: 80vh; border: 0" srcdoc="{html.escape(page)}"></iframe>'
    )


def _text(text: str) -> str:
    return harmless.terminal(text)
