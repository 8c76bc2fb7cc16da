"""A Canvas gradebook gets the scores of those whom it knows by id, and of nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.classroom.exports import canvas
from grader.classroom.exports.matching import Unmatched
from grader.classroom.exports.scores import Terms
from grader.classroom.intake.handed import Handin
from grader.classroom.spreadsheets import Table
from grader.errors import UsageError
from tests.classroom.exports.conftest import summary

Read = Callable[[str], Table]
REPLACE = Terms(replace=True)

BOOK = """\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Essay (7),Custom losses (8),Final Score
    Points Possible,,,,,10,100,(read only)
"Lee, Ann",5,S5,ann@x,One,9,,88
"Roe, Bob",6,S6,bob@x,One,8,EX,70
"Öz, Cem",7,S7,cem@x,Two,,12,60
"Twin, A",8,S8,twin@x,Two,,,
"Twin, B",9,S9,twin@x,Two,,,
"""


def handin(name: str, uid: str) -> Handin:
    """A hand-in out of a Canvas download."""
    return Handin(f"{name}_{uid}", name=name, ids={"canvas": uid})


def test_scores_go_to_their_ids(table: Read) -> None:
    """Identity columns as they were, the points row, two decimals; the rest is left out."""
    found = summary((handin("leeann", "5"), 87.5), (handin("ozcem", "7"), 100))
    export = canvas.gradebook(found, table(BOOK), "Custom losses", REPLACE)
    assert export.data.decode().splitlines() == [
        "Student,ID,SIS User ID,SIS Login ID,Section,Custom losses (8)",
        "    Points Possible,,,,,100",
        '"Lee, Ann",5,S5,ann@x,One,87.50',
        '"Öz, Cem",7,S7,cem@x,Two,100.00',
    ]
    assert (export.count, export.unmatched) == (2, ())
    assert export.replaced == ("ozcem_7: 12 -> 100.00",)


def test_a_grade_that_is_there_stays_unless_it_may_be_replaced(table: Read) -> None:
    """It is listed with both numbers; the same grade is no other, however it is written."""
    found = summary((handin("leeann", "5"), 87.5), (handin("ozcem", "7"), 100))
    export = canvas.gradebook(found, table(BOOK), "8")
    assert [line for line in export.data.decode().splitlines() if "Cem" in line] == []
    assert export.unmatched == (
        Unmatched("ozcem_7", "has 12 there already, and 100.00 here; --replace writes it"),
    )
    same = canvas.gradebook(summary((handin("ozcem", "7"), 12)), table(BOOK), "8")
    assert (same.count, same.unmatched, same.replaced) == (1, (), ())


def test_who_is_not_in_it_is_listed_with_the_reason(table: Read) -> None:
    """No score, no such id, excused, anonymous: nobody is looked up by name."""
    found = summary(
        (handin("leeann", "55"), 90),
        (handin("ozcem", "7"), None),
        (handin("roebob", "6"), 50),
        (Handin("anon_X1", ids={"canvas": "anon_X1"}), 50),
    )
    export = canvas.gradebook(found, table(BOOK), "8")
    assert export.count == 0
    assert export.unmatched == (
        Unmatched("anon_X1", "is not in the table"),
        Unmatched("leeann_55", "is not in the table"),
        Unmatched("ozcem_7", "has no score"),
        Unmatched("roebob_6", "is excused in Canvas"),
    )


def test_sis_ids_count_where_there_is_no_canvas_id(table: Read) -> None:
    """A plain folder named by login; a group, each of its members; never two lines."""
    found = summary(
        (Handin("ann@x"), 40),
        (Handin("S7+S6", members=("S6", "S7")), 12),
        (Handin("twin@x"), 60),
        (Handin("5"), 60),
    )
    export = canvas.gradebook(found, table(BOOK), "Custom losses (8)")
    lines = export.data.decode().splitlines()[2:]
    assert [line.rpartition(",")[2] for line in lines] == ["40.00", "12.00"]
    assert export.unmatched == (
        Unmatched("5", "is not in the table"),
        Unmatched("S6", "is excused in Canvas"),
        Unmatched("twin@x", "has more than one line in the table"),
    )


def test_other_points_are_converted_only_when_asked(table: Read) -> None:
    """Ten points in Canvas, a hundred here."""
    found = summary((handin("leeann", "5"), 87.5))
    with pytest.raises(UsageError, match=r"10 points.*--scale"):
        canvas.gradebook(found, table(BOOK), "Essay")
    scaled = canvas.gradebook(found, table(BOOK), "Essay", Terms(scale=True, replace=True))
    assert scaled.data.decode().splitlines()[-1].endswith(",8.75")


@pytest.mark.parametrize(
    ("points", "score"),
    [("1,000.00", "400.00"), ("1.000,0", "400.00"), ("1000,00", "400.00"), ("100.0", "40.00")],
)
def test_points_as_canvas_writes_them(table: Read, points: str, score: str) -> None:
    """With thousands and decimals marked as the site's language has it."""
    book = table(BOOK.replace(",10,100,", f',10,"{points}",'))
    export = canvas.gradebook(summary((handin("leeann", "5"), 40)), book, "8", Terms(scale=True))
    assert export.data.decode().splitlines()[-1].endswith(f",{score}")


@pytest.mark.parametrize("points", ["1,000", "hundred", "-5"])
def test_points_that_can_not_be_read_for_certain_are_refused(table: Read, points: str) -> None:
    """A thousand, or one?"""
    book = table(BOOK.replace(",10,100,", f',10,"{points}",'))
    with pytest.raises(UsageError, match="can't be read for certain"):
        canvas.gradebook(summary((handin("leeann", "5"), 40)), book, "8", Terms(scale=True))


def test_of_two_hand_ins_of_one_person_none_is_chosen(table: Read) -> None:
    """Both are listed, and the line stays as it is in Canvas."""
    group = Handin("ann@x+bob@x", members=("ann@x", "bob@x"))
    export = canvas.gradebook(summary((Handin("ann@x"), 40), (group, 90)), table(BOOK), "8")
    assert [line for line in export.data.decode().splitlines() if "ann@x" in line] == []
    assert export.unmatched == (
        Unmatched("bob@x", "is excused in Canvas"),
        Unmatched("ann@x", "has more than one hand-in"),
        Unmatched("ann@x", "has more than one hand-in"),
    )


@pytest.mark.parametrize("wanted", [None, "Custom", "9"])
def test_the_assignment_must_be_clear(table: Read, wanted: str | None) -> None:
    """The error lists what there is."""
    found = summary((handin("leeann", "5"), 87.5))
    with pytest.raises(UsageError, match=r"--column \(Essay \(7\), Custom losses \(8\)\)"):
        canvas.gradebook(found, table(BOOK), wanted)


def test_a_title_of_two_lines(table: Read) -> None:
    """Is a title, and one line in an error."""
    book = table(BOOK.replace("Custom losses (8)", '"Custom\nlosses (8)"'))
    export = canvas.gradebook(summary((handin("leeann", "5"), 10)), book, "8")
    assert export.data.endswith(b",One,10.00\r\n")
    with pytest.raises(UsageError, match=r"\(Essay \(7\), Custom losses \(8\)\)"):
        canvas.gradebook(summary((handin("leeann", "5"), 10)), book)


def test_tabs_become_what_canvas_reads(table: Read) -> None:
    """Excel's "Unicode text" has tabs, which its import takes for one long cell."""
    book = table(BOOK.replace(",", "\t"))
    export = canvas.gradebook(summary((handin("leeann", "5"), 10)), book, "8")
    lines = export.data.decode().splitlines()
    assert [line.count(",") for line in lines] == [5, 5, 5]
    assert lines[-1].endswith(",5,S5,ann@x,One,10.00")


def test_semicolons_stay_semicolons(table: Read) -> None:
    """As Canvas writes them where a comma is a decimal point."""
    book = "Student;ID;SIS User ID;SIS Login ID;Section;X (1)\nLee;5;;;One;\n"
    export = canvas.gradebook(summary((handin("leeann", "5"), 10)), table(book))
    assert export.data.decode().splitlines()[1] == "Lee;5;;;One;10.00"


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "Student,ID,x,y\n", "Name,ID,SIS,Section,X (1)\n"])
def test_another_table_is_refused(table: Read, text: str) -> None:
    """With the columns that should be there."""
    with pytest.raises(UsageError, match="is no gradebook of Canvas"):
        canvas.gradebook(summary((handin("leeann", "5"), 10)), table(text))


SEPARATE = """LastName,FirstName,ID,SIS User ID,SIS Login ID,Section,Losses (8),Current Score
    Points Possible,,,,,,100,(read only)
Lee,Ann,5,s5,ann,One,,
Öz,Cem,7,s7,cem,One,,
"""


def test_names_in_two_columns(table: Read) -> None:
    """As Canvas writes them where that option is on."""
    export = canvas.gradebook(summary((handin("ozcem", "7"), 60)), table(SEPARATE))
    assert export.data.decode().splitlines() == [
        "LastName,FirstName,ID,SIS User ID,SIS Login ID,Section,Losses (8)",
        "    Points Possible,,,,,,100",
        "Öz,Cem,7,s7,cem,One,60.00",
    ]


def test_no_points_are_possible(table: Read) -> None:
    """Every score would become 0."""
    book = table(BOOK.replace(",10,100,", ",10,0.00,"))
    with pytest.raises(UsageError, match="0 points are possible"):
        canvas.gradebook(summary((handin("leeann", "5"), 40)), book, "8", Terms(scale=True))


IGNORED = {
    "read-only there": (BOOK.replace(",10,100,", ",10,(read only),"), "8", "read-only in Canvas"),
    "a title like its own": (
        BOOK.replace("Custom losses (8)", "Losses Final Grade (8)"), "8", "another title",
    ),
    "no id": (BOOK.replace("Custom losses (8)", "Losses"), "Losses", "has no id"),
    "ids of a spreadsheet": (BOOK.replace("S8", "1.2E+11"), "8", "has rounded ids"),
    "a status of its own": (
        BOOK.replace("Custom losses (8)", "Override Status (8)"), "8", "another title",
    ),
    "no points": (BOOK.replace(",10,100,", ",10,,"), "8", "how many points"),
    "no line of points": (
        BOOK.replace("    Points Possible,,,,,10,100,(read only)\n", ""), "8", "how many points",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("book", "wanted", "words"), IGNORED.values(), ids=IGNORED.keys())
def test_what_canvas_would_ignore_is_told(table: Read, book: str, wanted: str, words: str) -> None:
    """The file is written all the same: it may be right."""
    export = canvas.gradebook(summary((handin("leeann", "5"), 40)), table(book), wanted)
    assert export.count == 1
    (warning,) = export.warnings
    assert words in warning


def test_canvas_reads_titles_to_the_letter(table: Read) -> None:
    """In small letters they are nobody's."""
    book = table(BOOK.replace("Custom losses (8)", "the final score (8)"))
    assert canvas.gradebook(summary((handin("leeann", "5"), 40)), book, "8").warnings == ()


ORDERS = {
    "the other way round": (
        "SIS Login ID,SIS User ID,Section",
        "ann,S5,One",
        ["SIS User ID", "SIS Login ID", "Section"],
    ),
    "a user id alone": ("SIS User ID,Section", "S5,One", ["Section"]),
    "a login alone": ("SIS Login ID,Section", "ann,One", ["SIS Login ID", "Section"]),
    "all there is": (
        "SIS User ID,SIS Login ID,Integration ID,Root Account,Section",
        "S5,ann,I5,x.edu,One",
        ["SIS User ID", "SIS Login ID", "Integration ID", "Root Account", "Section"],
    ),
    "with notes behind": (
        "SIS Login ID,Section,Notes", "ann,One,see me", ["SIS Login ID", "Section"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("head", "cells", "kept"), ORDERS.values(), ids=ORDERS.keys())
def test_columns_come_in_the_order_that_canvas_counts(
    table: Read, head: str, cells: str, kept: list[str]
) -> None:
    """Any other header is none to it."""
    book = table(f'Student,ID,{head},X (8)\n"Lee, Ann",5,{cells},\n')
    export = canvas.gradebook(summary((handin("leeann", "5"), 40)), book)
    first, line = export.data.decode().splitlines()
    assert first.split(",") == ["Student", "ID", *kept, "X (8)"]
    assert line.startswith('"Lee, Ann",5,')
    assert line.endswith(",One,40.00")


def test_addresses_and_logins_in_any_case(table: Read) -> None:
    """Nobody writes them as the table does; an id that is there exactly comes first."""
    book = table(
        "Student,ID,SIS User ID,SIS Login ID,Integration ID,Section,X (8)\n"
        "Lee,5,s5,Ann@X,,One,\nRoe,6,S5,BRoe,I6,One,\n"
    )
    found = summary((Handin("ann@x"), 40), (Handin("broe"), 60), (Handin("i6"), 1))
    export = canvas.gradebook(found, book)
    assert [line.rpartition(",")[2] for line in export.data.decode().splitlines()[1:]] == [
        "40.00", "60.00",
    ]  # fmt: skip
    assert export.unmatched == (Unmatched("i6", "is not in the table"),)
    exact = canvas.gradebook(summary((Handin("S5"), 40), (Handin("I6"), None)), book)
    assert exact.data.decode().splitlines()[1].startswith("Roe,6,")


def test_the_members_of_a_group_have_numbers_of_their_own(table: Read) -> None:
    """From a roster; a number of the group as such is that of one of them."""
    group = Handin(
        "7+8",
        members=("7", "8"),
        ids={"canvas": "7"},
        member_systems={"7": {"canvas": "5"}, "8": {"login": "cem@x", "canvas": ""}},
    )
    export = canvas.gradebook(summary((group, 40)), table(BOOK), "8", REPLACE)
    assert [line.rpartition(",")[2] for line in export.data.decode().splitlines()[2:]] == [
        "40.00", "40.00",
    ]  # fmt: skip
    assert export.unmatched == ()


def test_a_column_that_canvas_reckons_is_refused(table: Read) -> None:
    """Nothing could come of it."""
    with pytest.raises(UsageError, match="reckons the column 'Final Score' itself"):
        canvas.gradebook(summary((handin("leeann", "5"), 40)), table(BOOK), "Final Score")


def test_who_is_not_assigned_it_gets_no_score(table: Read) -> None:
    """Canvas writes N/A there."""
    book = table(BOOK.replace("cem@x,Two,,12", "cem@x,Two,,N/A"))
    export = canvas.gradebook(summary((handin("ozcem", "7"), 40)), book, "8")
    assert export.unmatched == (Unmatched("ozcem_7", "is not assigned it in Canvas"),)
