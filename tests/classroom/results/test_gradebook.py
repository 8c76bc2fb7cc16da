"""A class in figures: what stands in `grades.csv` and `summary.json`."""

from __future__ import annotations

import csv
import io
import zipfile

import msgspec
import pytest

from grader import class_results
from grader.assignments.custom_losses import ASSIGNMENT
from grader.assignments.custom_losses.exercises import EXERCISES
from grader.class_results import Bin, Run, Standing, Summary
from grader.classroom.intake.handed import Handin, Left
from grader.classroom.results.gradebook import Tally, grades_csv, grades_workbook
from grader.report import ExerciseStatus, Report, Slip, Span, Status
from grader.submission import Submission
from tests.classroom import fakes

NAMES = [spec.name for spec in EXERCISES]


def report(student: str, score: float, status: Status = Status.GRADED) -> Report:
    """A report."""
    return fakes.report(Submission.of("hw.ipynb", b"x", student), score, status=status)


def summary(*found: Report) -> Summary:
    """The summary of these reports."""
    tally = Tally(ASSIGNMENT)
    for one in found:
        student = one.student or ""
        tally.add(one, Handin(student), (f"reports/{student}.json", ""))
    return tally.summary(
        layout="plain",
        environment=fakes.environment(),
        left=[Left("x.txt", "does not say whose it is")],
        others=("old",),
        run=Run(len(found), 0),
    )


def rows(data: bytes) -> list[list[str]]:
    """A table's cells."""
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


def test_the_table_has_the_columns_that_scripts_rely_on() -> None:
    """One line per hand-in, sorted by student, whatever the order they came in."""
    found = summary(report("bob", 87.5), report("ann", 100))
    table = rows(grades_csv(found.submissions, ASSIGNMENT.names))
    contract = ["student", "status", "score", "max_score", *NAMES, "message"]
    assert table[0] == [*contract, "name", "file", "late"]
    assert table[1:] == [
        [
            "ann",
            "graded",
            "100",
            "100",
            "15",
            "20",
            "20",
            "15",
            "15",
            "15",
            "6 exercises",
            "",
            "hw.ipynb",
            "",
        ],
        [
            "bob",
            "graded",
            "87.5",
            "100",
            "15",
            "20",
            "20",
            "15",
            "15",
            "2.5",
            "6 exercises",
            "",
            "hw.ipynb",
            "",
        ],
    ]


def test_no_score_is_an_empty_cell_and_never_a_zero() -> None:
    """An unreadable hand-in has zero points; one that was not graded has none."""
    lost = fakes.without_score(report("lost", 0))
    table = rows(
        grades_csv(
            summary(lost, report("text", 0, Status.UNREADABLE)).submissions, ASSIGNMENT.names
        )
    )
    assert table[1][:5] == ["lost", "not_graded", "", "100", ""]
    assert table[2][:5] == ["text", "unreadable", "0", "100", "0"]


@pytest.mark.parametrize("student", ["=1+1", "@x", "+1", '"a,b"', "a\nb", "\u202eann", "Zoë 李"])
def test_any_id_is_one_cell_and_no_formula(student: str) -> None:
    """Instructors open it in a spreadsheet."""
    (_, row) = rows(grades_csv(summary(report(student, 1)).submissions, ASSIGNMENT.names))
    assert len(row) == 14
    assert row[0][0] not in "=@+-"
    assert "\u202e" not in row[0]


def test_a_workbook_for_excel() -> None:
    """Numbers are numbers in any language, and text is text, whatever it begins with."""
    tally = Tally(ASSIGNMENT)
    handin = Handin("=1+1", name="https://x", late=True)
    tally.add(report("=1+1", 87.5), handin, ("reports/a.json", ""))
    data = grades_workbook(tally.rows, ASSIGNMENT.names)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        texts = archive.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert "<v>87.5</v>" in sheet
    assert all(f"<t>{text}</t>" in texts for text in ("=1+1", "https://x", "late", "student"))
    assert grades_workbook(tally.rows, ASSIGNMENT.names) == data


def test_the_distribution() -> None:
    """Ten bins of ten points, and one for the full score."""
    scores = summary(*(report(f"s{n}", s) for n, s in enumerate([0, 9.5, 10, 99.5, 100]))).scores
    assert (scores.count, scores.median, scores.lowest, scores.highest) == (5, 10, 0, 100)
    assert scores.mean == pytest.approx(43.8)
    assert [one.count for one in scores.bins] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1]
    assert scores.bins[0] == Bin(0, 10, 2)
    assert scores.bins[-1] == Bin(100, 100, 1)


def test_nobody_has_a_score() -> None:
    """No average of nothing."""
    scores = summary(fakes.without_score(report("ann", 0))).scores
    assert (scores.count, scores.mean, scores.median, scores.lowest) == (0, None, None, None)


def test_checks_misconceptions_and_what_is_missing() -> None:
    """Counted over those who were graded."""
    whole = report("ann", 100)
    missing = msgspec.structs.replace(
        whole.exercises[0], status=ExerciseStatus.MISSING, score=0.0, checks=()
    )
    without = msgspec.structs.replace(
        report("bob", 100), exercises=(missing, *whole.exercises[1:]), score=85.0
    )
    found = summary(whole, without, report("cem", 25), report("dee", 0, Status.UNREADABLE))
    first, second = found.exercises[:2]
    assert first.name == "my_huber_loss"
    assert first.missing == ("bob",)
    assert first.statuses[ExerciseStatus.PASSED] == 2
    assert [(check.name, check.passed, check.total) for check in second.checks] == [
        ("small_errors", 3, 3),
        ("large_errors", 2, 3),
    ]
    (misconception,) = found.misconceptions
    assert (misconception.id, misconception.count) == ("half-missing", 1)
    assert misconception.exercises == {"my_huber_loss_with_threshold": 1}
    assert misconception.students == ("cem",)
    assert [one.student for one in found.ungraded] == ["dee"]
    assert found.statuses == {Status.GRADED: 3, Status.UNREADABLE: 1, Status.NOT_GRADED: 0}


def test_who_wrote_it_under_another_name_has_written_it() -> None:
    """It is missing, and keeps points in part: no mean above what there is, and a topic."""
    whole = report("ann", 100)
    slip = Slip("definition", "This is not quite the name.", Span(4, 1, 1, 1, 5))
    renamed = msgspec.structs.replace(
        whole.exercises[0], status=ExerciseStatus.MISSING, score=9.0, slip=slip, checks=()
    )
    without = msgspec.structs.replace(renamed, score=0.0, slip=None)
    found = summary(
        whole,
        *(
            msgspec.structs.replace(
                report(student, 100),
                exercises=(first, *whole.exercises[1:]),
                score=85 + first.score,
            )
            for student, first in (("bob", renamed), ("cem", renamed), ("dee", without))
        ),
    )
    first = found.exercises[0]
    assert (first.wrote, first.mean) == (3, 11)
    assert first.standings[Standing.MISSING] == 3
    (topic,) = found.topics
    assert (topic.title, topic.count, topic.wrote, topic.lost) == (
        "Another name than the exercise asks for",
        2,
        3,
        12,
    )


def test_the_summary_comes_back_as_it_was() -> None:
    """Scripts read it; the exports do."""
    found = summary(report("ann", 100), report("bob", 25))
    assert class_results.decode(class_results.encode(found)) == found
