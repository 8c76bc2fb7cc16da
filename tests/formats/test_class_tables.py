"""What a regrade changes, on a terminal, in a log and as a table."""

from __future__ import annotations

import csv
import io

import msgspec
from rich.console import Console

from grader.class_results import Change
from grader.formats import class_tables
from grader.formats.class_tables import Regrade
from tests.formats.test_class_page import summary

LONG = "my_huber_loss: a rather long title of a check that says what was tried: passed -> failed"
REGRADE = Regrade(
    changed=(
        Change("=ann", 70, 72.5, ("another file was handed in",), "Änn O'Hara"),
        Change("bob", 100, 85, (LONG, "MyHuberLoss: right -> missing (-20)")),
        Change("cem", None, 15, ("not graded -> graded",)),
    ),
    arrived=(Change("dee", None, 70, ("was not in the class before",), "dee"),),
    departed=(
        Change("eve", 85, None, ("is not in the class any more", "dee is new with the same file")),
    ),
    total=60,
    written=False,
)


def test_one_line_for_each_student_where_it_is_redirected() -> None:
    """However long; the greatest loss first, and the count last."""
    assert class_tables.change_lines(REGRADE).splitlines() == [
        "cem: none -> 15: not graded -> graded",
        f"bob: 100 -> 85 (-15): {LONG}; MyHuberLoss: right -> missing (-20)",
        "Änn O'Hara (=ann): 70 -> 72.5 (+2.5): another file was handed in",
        "dee: new, 70",
        "eve: gone, 85; dee is new with the same file",
        "3 scores of 60 would change, 1 new, 1 gone",
    ]


def test_a_terminal_gets_columns() -> None:
    """A line for each entry."""
    console = Console(file=io.StringIO(), width=160, markup=False, highlight=False)
    with console.capture() as captured:
        console.print(class_tables.changes(REGRADE))
    lines = captured.get().splitlines()
    assert [line.split()[0] for line in lines[1:3]] == ["cem", "bob"]
    assert lines[3].strip() == "MyHuberLoss: right -> missing (-20)"
    assert lines[4].startswith("Änn O'Hara (=ann)")
    assert [lines[place].split()[:3] for place in (5, 6)] == [
        ["dee", "70", "new"],
        ["eve", "85", "gone"],
    ]


def test_the_table_holds_the_same_and_no_formula() -> None:
    """One line for each student; Excel is told that it is UTF-8."""
    made = class_tables.changes_csv(REGRADE)
    assert made.startswith(b"\xef\xbb\xbf")
    data = made.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(data, newline="")))
    assert table[0] == ["student", "name", "change", "before", "after", "difference", "because"]
    assert [row[:6] for row in table[1:]] == [
        ["cem", "", "changed", "", "15", ""],
        ["bob", "", "changed", "100", "85", "-15"],
        ["'=ann", "Änn O'Hara", "changed", "70", "72.5", "2.5"],
        ["dee", "dee", "new", "", "70", ""],
        ["eve", "", "gone", "85", "", ""],
    ]


def test_nothing_changes() -> None:
    """And that is said."""
    assert class_tables.change_lines(Regrade((), (), (), 3, written=False)) == "No score changes.\n"
    assert class_tables.change_lines(Regrade((), (), (), 3, written=True)) == "No score changed.\n"


def test_where_it_is_redirected_no_line_of_a_class_is_broken() -> None:
    """The last one says how the class was read, and scripts take it whole."""
    notices = ("not in the roster: " + ", ".join(f"student{number}" for number in range(30)),)
    found = msgspec.structs.replace(summary(3), notices=notices, warnings=("weak isolation",))
    told = class_tables.result_lines(found, "out")
    assert told.splitlines()[-1].endswith(notices[0])
    assert "\nwarning: weak isolation\n" in told
    assert "\nsee out/class.html, out/grades.csv\n" in told
    console = Console(file=io.StringIO(), width=80, markup=False, highlight=False)
    with console.capture() as captured:
        console.print(class_tables.result(found, "out"))
    lines = captured.get().splitlines()
    assert max(map(len, lines)) <= 80
    assert " ".join(" ".join(lines).split()) == " ".join(told.split())


def test_a_change_that_costs_nothing_is_no_score() -> None:
    """It is counted apart."""
    one = Regrade(
        (Change("ann", 70, 70, ("another file was handed in",)),), (), (), 3, written=False
    )
    assert one.last_line() == "No score changes, 1 otherwise"


def test_where_nobody_can_be_compared_that_is_said() -> None:
    """One line; that no score changes would be taken for good news."""
    first = Regrade((), (), (), 60, written=False, is_first=True)
    assert class_tables.change_lines(first) == (
        "Nothing to compare with: none of 60 hand-ins has an earlier report.\n"
    )
    other = Regrade((), (), (), 60, written=False, is_first=True, unread=60)
    assert class_tables.change_lines(other) == (
        "Nothing to compare with: 60 earlier reports can't be read (damaged, or written by another"
        " version of the grader).\n"
    )


def test_before_and_difference_add_up_to_after() -> None:
    """As they are shown: eighths of a point are rounded down in a score."""
    one = Regrade((Change("ann", 100, 94.125, ("x",)),), (), (), 3, written=False)
    assert class_tables.change_lines(one).startswith("ann: 100 -> 94.12 (-5.88): x")
    assert "100,94.12,-5.88" in class_tables.changes_csv(one).decode("utf-8-sig")
