"""Into an nbgrader course go the reports that the batch's summary tells of, and no others."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from grader import report as reports
from grader.assignments.custom_losses import ASSIGNMENT
from grader.class_results import Summary
from grader.classroom.exports import nbgrader_course
from grader.classroom.exports.matching import Unmatched
from grader.classroom.intake.handed import Handin
from grader.report import Report
from grader.submission import Submission
from tests.classroom import fakes
from tests.classroom.exports.conftest import summary

pytestmark = [
    pytest.mark.nbgrader,
    # nbgrader's own way with its database; its commands show no warnings.
    pytest.mark.filterwarnings("ignore:Object of type <Submitted"),
]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gradebook of a course: one assignment, whose cells are called after the exercises."""
    from nbgrader.api import Gradebook

    root = tmp_path_factory.mktemp("course")
    # It starts alembic by its name alone.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
        with Gradebook(f"sqlite:///{root}/gradebook.db", "c101") as book:
            book.add_assignment("losses")
            book.add_notebook("losses", "losses")
            for exercise in ASSIGNMENT.exercises:
                place = (exercise.name, "losses", "losses")
                book.add_grade_cell(*place, max_score=exercise.points, cell_type="code")
                book.add_solution_cell(*place)
            book.add_student("ann")
            book.add_student("bob")
    return root


def batch(folder: Path, change: Callable[[Report], bytes]) -> Summary:
    """A batch in which Bob's report is as it was, and Ann's is what this makes of it."""
    (folder / "reports").mkdir(parents=True)
    for student, made in (("ann", change), ("bob", reports.encode)):
        report = fakes.report(Submission.of("hw.ipynb", b"x", student), 50)
        (folder / "reports" / f"{student}.json").write_bytes(made(report))
    return summary((Handin("ann"), 50), (Handin("bob"), 50))


def renamed(report: Report) -> Report:
    """The report as if another assignment had such exercises."""
    others = [msgspec.structs.replace(one, name=f"ex_{one.name}") for one in report.exercises]
    return msgspec.structs.replace(report, exercises=tuple(others))


OTHERS: dict[str, tuple[Callable[[Report], bytes], str]] = {
    "damaged": (lambda report: reports.encode(report)[:-9], "has no report"),
    "of another version": (
        lambda report: reports.encode(msgspec.structs.replace(report, schema_version=9)),
        "has no report",
    ),
    "somebody else's": (
        lambda report: reports.encode(msgspec.structs.replace(report, student="eve")),
        "has no report",
    ),
    "of another assignment": (lambda report: reports.encode(renamed(report)), "another report"),
    "of a later run": (
        lambda report: reports.encode(msgspec.structs.replace(report, score=49.0)),
        "another report",
    ),
}


@pytest.mark.parametrize(("change", "words"), OTHERS.values(), ids=OTHERS.keys())
def test_a_report_that_is_not_the_one(
    tmp_path: Path, course: Path, change: Callable[[Report], bytes], words: str
) -> None:
    """Is listed, and costs nobody else anything."""
    found = batch(tmp_path / "results", change)
    export = nbgrader_course.write(found, tmp_path / "results", course, "losses")
    assert export.count == 1
    (unmatched,) = export.unmatched
    assert unmatched.student == "ann"
    assert words in unmatched.reason


def test_a_report_that_is_not_there(tmp_path: Path, course: Path) -> None:
    """As the others; of nobody there is nothing to export."""
    found = batch(tmp_path / "results", reports.encode)
    for student in ("ann", "bob"):
        (tmp_path / "results" / "reports" / f"{student}.json").unlink()
    export = nbgrader_course.write(found, tmp_path / "results", course, "losses")
    assert export.count == 0
    assert export.unmatched == tuple(
        Unmatched(one, "has no report in the batch's folder") for one in ("ann", "bob")
    )
