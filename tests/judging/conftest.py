"""One real sandbox for all tests of the judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.judging import grade
from grader.report import Report
from grader.sandbox import Sandbox, start
from grader.submission import Submission

Grade = Callable[[bytes], Report]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """A worker in the strongest tier that works here."""
    with start() as started:
        yield started


@pytest.fixture
def graded(sandbox: Sandbox) -> Grade:
    """Grades bytes as a notebook."""
    return lambda data: grade(Submission.of("notebook.ipynb", data), sandbox, ASSIGNMENT).report
