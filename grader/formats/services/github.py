"""A report for GitHub Actions: annotations, and what Classroom's reporter reads.

A job's summary is Markdown (`markdown.summary`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec

from grader import harmless
from grader.errors import FaultError
from grader.formats import wording
from grader.formats.losses import losses
from grader.report import Exercise, Place, Report

# GitHub shows no more of a kind for one step; the summary has them all.
MAX_ANNOTATIONS = 10
_NOTEBOOK = ".ipynb"


class Test(msgspec.Struct, frozen=True):
    """One test, as the graders that Classroom's reporter knows write it."""

    name: str
    status: str
    score: float
    message: str
    line_no: int = 0


class Runner(msgspec.Struct, frozen=True):
    """The result of one grader, of which the reporter adds up several."""

    status: str
    max_score: float
    tests: tuple[Test, ...]
    version: int = 1


def classroom(report: Report) -> bytes:
    """What the reporter of GitHub Classroom reads, once it is base64.

    Raises FaultError for a report without a score: any number would be a wrong grade.
    """
    if report.score is None or report.max_score <= 0:
        raise FaultError(report.message or "there is no score")
    tests = tuple(map(_test, report.exercises))
    status = "pass" if report.score >= report.max_score else "fail"
    runner = Runner(status, report.max_score, tests)
    return msgspec.json.format(msgspec.json.encode(runner), indent=2) + b"\n"


def commands(report: Report, path: str) -> str:
    """Commands that a job prints to have its words stand at the file that was graded.

    path: of that file in the repository. Lines are those of a script; a notebook is shown
    otherwise than it is written, so that its cell and line are in the title.
    """
    lines = []
    for exercise in report.exercises:
        for spot, message in _words(exercise):
            title = ", ".join(filter(None, (exercise.name, wording.place(spot))))
            is_script = PurePosixPath(path).suffix != _NOTEBOOK
            line = f",line={spot.line}" if spot is not None and is_script else ""
            where = f"file={_property(path)}{line},title={_property(title)}"
            lines.append(f"::warning {where}::{_data(message)}\n")
    return "".join(lines[:MAX_ANNOTATIONS])


def _words(exercise: Exercise) -> Iterator[tuple[Place | None, str]]:
    """What stands in the way, each with its place."""
    if exercise.slip is not None:
        spot = exercise.slip.place
        yield Place(spot.cell, spot.line), exercise.slip.text
    if exercise.message:
        yield None, exercise.message
    for loss in losses(exercise):
        if loss.message and not loss.consequence:
            yield loss.place, loss.message


def _test(exercise: Exercise) -> Test:
    whole = exercise.score >= exercise.max_score
    said = [wording.slip(exercise), exercise.message]
    said += [": ".join(filter(None, (wording.place(loss.place), loss.message or loss.heading)))
             for loss in losses(exercise)]  # fmt: skip
    return Test(
        name=harmless.one_line(exercise.name),
        status="pass" if whole else "fail",
        score=exercise.score,
        message="" if whole else harmless.terminal("\n".join(filter(None, said))),
    )


def _data(text: str) -> str:
    shown = harmless.one_line(text, 1000)
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
