"""Grading in a test, and what must be true of every report whatever was graded."""

from __future__ import annotations

import json
import unicodedata
from functools import cache

import jsonschema
import msgspec
from rich.console import Console

from grader import report
from grader.assignments.custom_losses import ASSIGNMENT
from grader.formats import terminal
from grader.judging import grade
from grader.judging.verdicts import UNPLACED
from grader.report import CheckStatus, Exercise, Report, Timing
from grader.sandbox import Sandbox
from grader.submission import Submission
from tests.conftest import PROJECT
from tests.hostile.host import SECRETS

_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def graded(sandbox: Sandbox, notebook: bytes, file: str = "notebook.ipynb") -> Report:
    """The report on these bytes, proved valid."""
    made = grade(Submission.of(file, notebook), sandbox, ASSIGNMENT).report
    prove(made)
    return made


def timeless(made: Report) -> bytes:
    """All of a report that must not differ between two runs."""
    return report.encode(msgspec.structs.replace(made, timing=Timing(0.0, 0.0)))


def exercise(made: Report, name: str) -> Exercise:
    """One exercise of the report."""
    return next(each for each in made.exercises if each.name == name)


def words(made: Report) -> str:
    """All that the report says, as it would stand in a file."""
    return report.encode(made).decode()


def prove(made: Report) -> None:
    """Assert that a report is valid, consistent, and harmless wherever it is shown."""
    encoded = report.encode(made)
    _schema().validate(json.loads(encoded))
    assert report.decode(encoded) == made
    assert made.score == sum(each.score for each in made.exercises)
    for each in made.exercises:
        assert each.score == sum(check.score for check in each.checks)
        for check in each.checks:
            if check.status is CheckStatus.PASSED:
                assert check.score == check.max_score
            else:
                # Points in part are those of a slip, and the report says which or why not.
                assert 0 <= check.score < check.max_score
                assert check.score == 0 or each.slip is not None or UNPLACED in each.message
    for secret in SECRETS.values():
        assert secret.encode() not in encoded
    assert not unsafe(screen(made))


def screen(made: Report) -> str:
    """The report as `grader grade` prints it."""
    console = Console(width=100, force_terminal=False, no_color=True)
    with console.capture() as captured:
        console.print(terminal.view(made))
    return captured.get()


def unsafe(text: str) -> list[str]:
    """The characters that could steer a terminal, or hide something in it."""
    return [char for char in text if char != "\n" and unicodedata.category(char) in _UNSAFE]


@cache
def _schema() -> jsonschema.Draft202012Validator:
    text = (PROJECT / "grader" / "report.schema.json").read_text(encoding="utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))
