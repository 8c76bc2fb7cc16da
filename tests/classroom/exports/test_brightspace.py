"""A grade export of Brightspace gets the scores of those whom it knows by id or user name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.classroom.exports import brightspace
from grader.classroom.exports.matching import Unmatched
from grader.classroom.exports.scores import Terms
from grader.classroom.intake.handed import Handin
from grader.classroom.spreadsheets import Table
from grader.errors import UsageError
from tests.classroom.exports.conftest import cells, summary

Read = Callable[[str], Table]

BOOK = """OrgDefinedId,Username,Last Name,First Name,\
HW 1 Points Grade <Numeric MaxPoints:100 Weight:10>,\
Quiz Points Grade <Numeric MaxPoints:10 Category:Quizzes CategoryWeight:5>,End-of-Line Indicator
#123456,#alee3,Lee,Ann,,8.0,#
#123457,#coz1,Öz,Cem,55.5,,#
"""


def test_scores_go_to_their_ids(table: Read) -> None:
    """Found by either id, with or without its mark; the form that an import wants."""
    found = summary((Handin("alee3"), 75), (Handin("x", ids={"brightspace": "123457"}), 80))
    export = brightspace.gradebook(found, table(BOOK), "HW 1", Terms(replace=True))
    assert cells(export.data) == [
        [
            "OrgDefinedId",
            "Username",
            "HW 1 Points Grade <Numeric MaxPoints:100 Weight:10>",
            "End-of-Line Indicator",
        ],
        ["#123456", "#alee3", "75.00", "#"],
        ["#123457", "#coz1", "80.00", "#"],
    ]
    assert export.replaced == ("x: 55.5 -> 80.00",)


def test_who_is_not_in_it_is_listed(table: Read) -> None:
    """Nobody is found by name, which is all that a download tells without a roster."""
    found = summary((Handin("Ann Lee", name="Ann Lee"), 75), (Handin("coz1"), 80))
    export = brightspace.gradebook(found, table(BOOK), "HW 1")
    assert export.count == 0
    assert export.unmatched == (
        Unmatched("Ann Lee", "is not in the table"),
        Unmatched("coz1", "has 55.5 there already, and 80.00 here; --replace writes it"),
    )


def test_points_are_those_of_the_heading(table: Read) -> None:
    """Converted only when asked; where it says none, that is told."""
    found = summary((Handin("coz1"), 80))
    with pytest.raises(UsageError, match="--scale"):
        brightspace.gradebook(found, table(BOOK), "Quiz")
    export = brightspace.gradebook(found, table(BOOK), "Quiz", Terms(scale=True))
    assert cells(export.data)[1][2] == "8.00"
    bare = "Username,HW 1 Points Grade,End-of-Line Indicator\n#coz1,,#\n"
    export = brightspace.gradebook(found, table(bare))
    assert cells(export.data)[1] == ["#coz1", "80.00", "#"]
    assert "does not say how many points" in export.warnings[0]


MAXIMA = {
    "in another language": ("HW Points Grade <Numérico Puntos máx.:10 Peso:5>", "5.00", 1),
    "with a comma": ("HW Points Grade <Numérique Points max. : 5,5 Poids : 10>", "2,75", 1),
    "brackets in the title": ("HW <1> Points Grade <Numeric MaxPoints:10 Weight:5>", "5.00", 0),
    "a weight alone": ("HW Points Grade <Numeric Weight:10>", "50.00", 1),
}


@pytest.mark.parametrize(("heading", "score", "warnings"), MAXIMA.values(), ids=MAXIMA.keys())
def test_points_in_any_heading(table: Read, heading: str, score: str, warnings: int) -> None:
    """The words for them are the site's; what was read without knowing them is told."""
    book = table(f'Username,"{heading}",End-of-Line Indicator\n#ann,,#\n')
    export = brightspace.gradebook(summary((Handin("ann"), 50)), book, terms=Terms(scale=True))
    assert cells(export.data)[1] == ["#ann", score, "#"]
    assert len(export.warnings) == warnings


def test_ids_as_a_roster_copied_them(table: Read) -> None:
    """With the mark; user names in any case."""
    found = summary((Handin("x", ids={"brightspace": "#123456"}), 75), (Handin("COz1"), 60))
    export = brightspace.gradebook(found, table(BOOK), "HW 1", Terms(replace=True))
    assert (export.count, export.unmatched) == (2, ())


def test_what_brightspace_reckons_is_not_filled_in(table: Read) -> None:
    """It would ignore the scores; beside it there is but one column."""
    head = "Username,All Points Grade <Calculated MaxPoints:100>,HW Points Grade,End\n"
    book = table(f"{head}#ann,,,#\n")
    assert cells(brightspace.gradebook(summary((Handin("ann"), 1)), book).data)[0][1][:2] == "HW"
    with pytest.raises(UsageError, match="reckons the column 'All'"):
        brightspace.gradebook(summary((Handin("ann"), 1)), book, "All")


def test_what_may_be_reckoned_in_another_language_is_told(table: Read) -> None:
    """The word for it is the site's as well."""
    book = table('Username,"F Points Grade <Calculado Puntos máx.:100>",End\n#ann,,#\n')
    (warning,) = brightspace.gradebook(summary((Handin("ann"), 50)), book).warnings
    assert "out of 100;" in warning
    assert "whether Brightspace reckons the column itself" in warning


@pytest.mark.parametrize(
    ("text", "wanted", "words"),
    [
        (BOOK, None, r"several columns of grades; name one with --column \(HW 1, Quiz\)"),
        (BOOK, "HW", "there is no column 'HW'"),
        ("Name,Grade\nAnn,1\n", None, "is no grade export of Brightspace"),
        ("Username,Grade\nAnn,1\n", None, "is no grade export of Brightspace"),
    ],
)
def test_the_column_must_be_clear(table: Read, text: str, wanted: str | None, words: str) -> None:
    """The error lists what there is."""
    with pytest.raises(UsageError, match=words):
        brightspace.gradebook(summary((Handin("coz1"), 1)), table(text), wanted)
