"""What a finished batch leaves for the instructor, and how much that takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import class_results
from grader.assignments.custom_losses import ASSIGNMENT
from grader.classroom.batch import folder
from grader.classroom.intake.handed import Handin, Intake
from grader.classroom.results import publishing
from grader.errors import FaultError
from grader.report import Report
from grader.submission import Submission
from tests.benchmarks import many_reports
from tests.classroom import fakes


def report(student: str) -> Report:
    """A report."""
    return fakes.report(Submission.of("hw.ipynb", b"x", student), 55)


def test_table_summary_and_page(tmp_path: Path) -> None:
    """All three, about the same class."""
    found, outcome = fakes.graded_class(3)
    with folder.opened(tmp_path, (one.student for one in found.handins)) as out:
        for handin in found.handins:
            out.write(report(handin.student), "<p>page")
        summary = publishing.publish(out, found, outcome, ASSIGNMENT)
    assert class_results.decode((tmp_path / "summary.json").read_bytes()) == summary
    assert (tmp_path / "grades.csv").read_text(encoding="utf-8").count("\n") == 4
    page = (tmp_path / "class.html").read_text(encoding="utf-8")
    assert 'href="feedback/s00001.html"' in page


def test_a_report_that_vanished_is_a_fault(tmp_path: Path) -> None:
    """A table with a hole in it would be believed."""
    found, outcome = fakes.graded_class(2)
    with folder.opened(tmp_path, (one.student for one in found.handins)) as out:
        out.write(report("s00000"))
        with pytest.raises(FaultError, match=r"s00001\.json"):
            publishing.publish(out, found, outcome, ASSIGNMENT)
    assert not (tmp_path / "grades.csv").exists()


def test_a_new_report_takes_away_what_told_of_the_old_one(tmp_path: Path) -> None:
    """A batch that is killed leaves no summary that an export would believe."""
    found, outcome = fakes.graded_class(2)
    with folder.opened(tmp_path, (one.student for one in found.handins)) as out:
        for handin in found.handins:
            out.write(report(handin.student))
        publishing.publish(out, found, outcome, ASSIGNMENT, for_excel=True)
        every = {*folder.RESULTS, folder.WORKBOOK}
        assert {path.name for path in tmp_path.glob("*.*")} >= every
        out.write(report("s00001"))
    assert not {path.name for path in tmp_path.glob("*.*")} & every


def test_a_student_has_one_report_whoever_joins(tmp_path: Path) -> None:
    """With an `ann` beside her `Ann` gets another file name; the old one would be out of date."""
    for students in (["Ann"], ["Ann", "ann"]):
        found = Intake("plain", tuple(Handin(student) for student in students))
        outcome = fakes.graded_class(len(students))[1]
        with folder.opened(tmp_path, students) as out:
            for student in students:
                out.write(report(student), "<p>page")
            summary = publishing.publish(out, found, outcome, ASSIGNMENT)
    assert summary.others == ()
    names = {out.names.by_student[student] for student in ("Ann", "ann")}
    assert {path.stem for path in (tmp_path / "reports").glob("*.json")} == names
    assert {path.stem for path in (tmp_path / "feedback").glob("*.html")} == names


@pytest.mark.slow
def test_ten_thousand_reports_take_little_memory(tmp_path: Path) -> None:
    """Read one by one and let go, whatever the size of the process that starts it."""
    ballast = bytearray(b"x") * 2**28
    done = many_reports.published(tmp_path, many_reports.COUNT)
    assert done.peak < len(ballast)
    assert (tmp_path / "class.html").stat().st_size > 1_000_000
