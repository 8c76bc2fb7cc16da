"""Fixtures for whole classes of made-up students."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader import report as reports
from grader.classroom.batch import folder, runner
from grader.classroom.batch.ledger import Options
from grader.classroom.batch.pools import LocalPool
from grader.classroom.batch.runner import Outcome
from grader.classroom.intake import download
from grader.report import Report
from tests.classroom import fakes


class Watcher:
    """Remembers what a batch told."""

    def __init__(self) -> None:
        self.total = 0
        self.done: list[tuple[str, bool]] = []
        self.troubles: list[str] = []

    def begins(self, total: int, slots: int) -> None:
        """Remember the total."""
        self.total = total

    def has(self, report: Report, *, reused: bool) -> None:
        """Remember who is done."""
        self.done.append((report.student or "", reused))

    def trouble(self, line: str) -> None:
        """Remember what was lost."""
        self.troubles.append(line)


Grade = Callable[..., tuple[Outcome, Watcher]]


@pytest.fixture(scope="module")
def pool() -> Iterator[LocalPool]:
    """Two processes, kept over the tests of a module."""
    made = LocalPool(2)
    yield made
    made.stop()


@pytest.fixture
def grade(pool: LocalPool, tmp_path: Path) -> Grade:
    """Grades `submissions` below the test's folder into `out` beside it."""

    def run(
        make: fakes.Make | None = None,
        stop: Callable[[], bool] = lambda: False,
        **options: bool,
    ) -> tuple[Outcome, Watcher]:
        watcher = Watcher()
        asked = Options(**{"feedback": False, **options})
        with (
            download.opened(tmp_path / "submissions") as found,
            folder.opened(tmp_path / "out", (one.student for one in found.handins)) as out,
        ):
            outcome = runner.run(found, out, make or fakes.Make(), pool, watcher, asked, stop)
        return outcome, watcher

    return run


@pytest.fixture
def hand_in(tmp_path: Path) -> Callable[..., None]:
    """Writes submissions: `hand_in(alice="score 100")`."""
    submissions = tmp_path / "submissions"
    submissions.mkdir()

    def write(**students: str) -> None:
        for student, text in students.items():
            (submissions / f"{student}.ipynb").write_text(text, encoding="utf-8")

    return write


def read_reports(out: Path) -> dict[str, Report]:
    """All reports in a batch's folder, by student."""
    found = (reports.decode(path.read_bytes()) for path in sorted((out / "reports").glob("*.json")))
    return {one.student or "": one for one in found}
