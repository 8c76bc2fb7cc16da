"""A grade file of Blackboard gets the scores of those whom it knows by user name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.classroom import spreadsheets
from grader.classroom.exports import blackboard
from grader.classroom.exports.matching import Unmatched
from grader.classroom.exports.scores import Terms
from grader.classroom.intake.handed import Handin
from grader.classroom.spreadsheets import Table
from grader.errors import UsageError
from tests.classroom.exports.conftest import cells, summary

Read = Callable[[str], Table]

BOOK = """\ufeff"Last Name","First Name","Username","Student ID","Last Access","Availability",\
"Quiz [Total Pts: 10 Score] |11","HW1 [Total Pts: 100 Score] |660463",\
"Total [Total Pts: up to 110 Score] |7"
"Lee","Ann","alee3","0042","2026-02-03 10:00:00","Yes","9","","9"
"Öz","Cem","coz1","0043","","Yes","","55.00",""
"Roe","Bob","broe","0044","","Yes","","Needs Grading",""
"""


def handin(user: str) -> Handin:
    """A hand-in out of a Blackboard download."""
    return Handin(user, ids={"blackboard": user})


def test_scores_go_to_their_user_names(table: Read) -> None:
    """The names and the one column; the heading as it was, since its number is what counts."""
    found = summary((handin("alee3"), 87.5), (Handin("0044"), 100), (Handin("nobody"), 1))
    export = blackboard.gradebook(found, table(BOOK), "HW1", Terms(replace=True))
    assert cells(export.data) == [
        ["Last Name", "First Name", "Username", "HW1 [Total Pts: 100 Score] |660463"],
        ["Lee", "Ann", "alee3", "87.50"],
        ["Roe", "Bob", "broe", "100.00"],
    ]
    assert export.unmatched == (Unmatched("nobody", "is not in the table"),)


def test_a_grade_that_is_there_stays_unless_it_may_be_replaced(table: Read) -> None:
    """With both numbers; what waits for grading may be kept by whoever wants to."""
    export = blackboard.gradebook(summary((handin("coz1"), 60)), table(BOOK), "660463")
    (unmatched,) = export.unmatched
    assert unmatched.reason.startswith("has 55.00 there already, and 60.00 here")


def test_points_are_those_of_the_heading(table: Read) -> None:
    """Converted only when asked."""
    found = summary((handin("broe"), 80))
    with pytest.raises(UsageError, match="--scale"):
        blackboard.gradebook(found, table(BOOK), "Quiz")
    export = blackboard.gradebook(found, table(BOOK), "Quiz", Terms(scale=True))
    assert cells(export.data)[1][-1] == "8.00"


CHOICES = {
    "several": (BOOK, None, r"several columns of grades; name one with --column \(Quiz"),
    "none of that name": (BOOK, "HW2", "there is no column 'HW2'"),
    "reckoned by Blackboard": (BOOK, "Total", "reckons the column"),
    "without its number": (BOOK.replace(" |660463", ""), "HW1", "has no number behind it"),
    "no points": (BOOK.replace("Pts: 100", "Pts: 0"), "HW1", "0 points are possible"),
    "another table": ("Name,Grade\nAnn,1\n", None, "is no grade file of Blackboard"),
}


@pytest.mark.parametrize(("book", "wanted", "words"), CHOICES.values(), ids=CHOICES.keys())
def test_the_column_must_be_clear(table: Read, book: str, wanted: str | None, words: str) -> None:
    """And one that can be written."""
    with pytest.raises(UsageError, match=words):
        blackboard.gradebook(summary((handin("alee3"), 1)), table(book), wanted)


def test_one_column_with_notes(table: Read) -> None:
    """As the download of a single column is; in another language, its brackets too."""
    book = (
        "Nachname,Vorname,Benutzername,Nummer,HW1 [Gesamtpunkte: 100 Ergebnis] |66,Notizen\n"
        "Lee,Ann,alee3,0042,,\n"
    )
    export = blackboard.gradebook(summary((handin("alee3"), 80)), table(book))
    assert cells(export.data)[1] == ["Lee", "Ann", "alee3", "80.00"]


@pytest.mark.parametrize(
    "head", ["Username,{}", "{},Username", "Last Name,{},Username", "Student ID,Username,{}"]
)
def test_the_user_name_wherever_it_stands(table: Read, head: str) -> None:
    """It alone says whose a line is."""
    heading = "HW [Total Pts: 100 Score] |66"
    line = head.replace("Username", "alee3").format("").replace("Last Name", "Lee")
    export = blackboard.gradebook(
        summary((handin("alee3"), 80)), table(f"{head.format(heading)}\n{line}\n")
    )
    assert cells(export.data)[0][-2:] == ["Username", heading]
    assert cells(export.data)[1][-2:] == ["alee3", "80.00"]


HEADINGS = {
    "brackets in the title": "HW [extra] [Total Pts: 100 Score] |66",
    "a wide colon": "HW [合計点\N{FULLWIDTH COLON}100 スコア] |66",
    "hard blanks": "HW [Total des points\N{NO-BREAK SPACE}:\N{NO-BREAK SPACE}100 Note] |66",
}


@pytest.mark.parametrize("heading", HEADINGS.values(), ids=HEADINGS.keys())
def test_headings_as_sites_write_them(table: Read, heading: str) -> None:
    """With what Blackboard reckons itself beside it, in the same words."""
    total = heading.replace("100", "jusqu'à\N{NO-BREAK SPACE}100").replace("66", "67")
    book = f"Last Name,First Name,Username,{heading},{total}\nLee,Ann,alee3,,\n"
    export = blackboard.gradebook(summary((handin("ALee3"), 80)), table(book))
    assert cells(export.data)[1] == ["Lee", "Ann", "alee3", "80.00"]


def test_decimals_are_marked_as_they_are_there(table: Read) -> None:
    """A comma, where the points or other grades have one."""
    book = "Nachname;Vorname;Name;HW [Punkte: 12,5 Ergebnis] |66\nLee;Ann;alee3;\nOz;C;c;6,25\n"
    export = blackboard.gradebook(
        summary((handin("alee3"), 50)), table(book), terms=Terms(scale=True)
    )
    assert export.data.decode().splitlines()[1] == "Lee;Ann;alee3;6,25"


def test_utf_16_and_tabs_stay(tmp_path: Path) -> None:
    """As Blackboard writes its `.xls`, and reads it."""
    path = tmp_path / "gc.xls"
    path.write_bytes("Last Name\tFirst Name\tUsername\tHW [Total Pts: 100 Score] |6\nÖ\tA\tao\t\n"
                     .encode("utf-16"))  # fmt: skip
    export = blackboard.gradebook(summary((handin("ao"), 80)), spreadsheets.read_table(path))
    assert export.data.decode("utf-16").splitlines()[1] == "Ö\tA\tao\t80.00"
