"""A made-up class whose hand-ins are known under the ids of several systems."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.class_results import Run, Summary
from grader.classroom.intake.handed import Handin
from grader.classroom.results.gradebook import Tally
from grader.classroom.spreadsheets import Table, read_table
from grader.report import Report
from grader.submission import Submission
from tests.classroom import fakes


def summary(*handins: tuple[Handin, float | None]) -> Summary:
    """The summary of these hand-ins with these scores."""
    tally = Tally(ASSIGNMENT)
    for handin, score in handins:
        submission = Submission.of("hw.ipynb", b"x", handin.student)
        report: Report = fakes.report(submission, score or 0)
        if score is None:
            report = fakes.without_score(report)
        feedback = f"feedback/{handin.student}.html"
        tally.add(report, handin, (f"reports/{handin.student}.json", feedback))
    return tally.summary(
        layout="test",
        environment=fakes.environment(),
        left=(),
        others=(),
        run=Run(len(handins), 0),
    )


def cells(data: bytes, encoding: str = "utf-8") -> list[list[str]]:
    """The cells of a table that was made."""
    return list(csv.reader(io.StringIO(data.decode(encoding), newline="")))


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str], Table]:
    """Reads a table out of its text."""

    def read(text: str) -> Table:
        path = tmp_path / "table.csv"
        path.write_text(text, encoding="utf-8")
        return read_table(path)

    return read
