"""A report as Gradescope's `results.json`.

Every check is a test of its own, so that a student sees the same list as in the terminal.
All text is plain (`text` formats): Gradescope is never asked to read it as HTML.
"""

from __future__ import annotations

import msgspec

from grader import harmless
from grader.formats import wording
from grader.report import Check, CheckStatus, Exercise, Report, Status


class Test(msgspec.Struct, frozen=True):
    """One line of Gradescope's list."""

    name: str
    number: str
    score: float
    max_score: float
    status: str
    output: str
    name_format: str = "text"
    output_format: str = "text"
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


def results(report: Report) -> Results:
    """`report` in Gradescope's terms; a report without a score gives results without one."""
    if report.status is Status.NOT_GRADED or report.score is None:
        return Results(_text(report.message), report.timing.wall_seconds)
    return Results(
        output=_output(report),
        execution_time=report.timing.wall_seconds,
        tests=tuple(
            test
            for number, exercise in enumerate(report.exercises, start=1)
            for test in _tests(number, exercise)
        ),
        score=report.score,
        extra_data={
            "status": report.status,
            "sha256": report.submission.sha256,
            "versions": wording.versions(report.environment),
            "isolation": report.environment.isolation,
        },
    )


def encode(report: Report) -> bytes:
    """The bytes of `results.json`."""
    return msgspec.json.format(msgspec.json.encode(results(report)), indent=2) + b"\n"


def _output(report: Report) -> str:
    lines = [report.message] if report.message else []
    for exercise in report.exercises:
        said = [exercise.message] if exercise.message else []
        said += [wording.slip(exercise)] if exercise.slip else []
        said += [exercise.diagnosis.text] if exercise.diagnosis else []
        lines += [f"{exercise.name}: {' '.join(said)}"] if said else []
    lines += [f"Note: {note}" for note in report.notes]
    return _text("\n".join(lines))


def _tests(number: int, exercise: Exercise) -> list[Test]:
    if not exercise.checks:
        passed = exercise.score >= exercise.max_score
        return [
            Test(
                harmless.one_line(exercise.name),
                str(number),
                exercise.score,
                exercise.max_score,
                "passed" if passed else "failed",
                _text(exercise.message),
            )
        ]
    return [
        Test(
            harmless.one_line(f"{exercise.name}: {check.title}"),
            f"{number}.{place}",
            check.score,
            check.max_score,
            "passed" if check.status is CheckStatus.PASSED else "failed",
            _explanation(check),
        )
        for place, check in enumerate(exercise.checks, start=1)
    ]


def _explanation(check: Check) -> str:
    if check.status is CheckStatus.PASSED:
        return ""
    said = [] if check.status is CheckStatus.FAILED else [wording.CHECK_STATUS[check.status]]
    said += [part for part in (wording.place(check.line), check.message) if part]
    return _text(": ".join(said))


def _text(text: str) -> str:
    return harmless.terminal(text)
