"""The table of `nbgrader export`, with or without a list of students."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.classroom.exports import matching, nbgrader
from grader.classroom.exports.matching import Unmatched
from grader.classroom.intake.handed import Handin
from grader.classroom.spreadsheets import Table
from grader.errors import UsageError
from tests.classroom.exports.conftest import summary

Read = Callable[[str], Table]
HEADER = ",".join(nbgrader.COLUMNS)


def handin(student: str, time: str = "") -> Handin:
    """A hand-in out of nbgrader's tree or exchange."""
    return Handin(student, ids={"nbgrader": student}, timestamp=time)


def test_without_a_list() -> None:
    """Everybody with a score."""
    found = summary((handin("ann", "2026-01-02 10:00:00.1 UTC"), 87.5), (handin("bob"), None))
    export = nbgrader.grades(found, "hw1")
    assert export.data.decode().splitlines() == [
        HEADER,
        "hw1,,2026-01-02 10:00:00.1 UTC,ann,,,,87.50,0.0,87.50,100.00",
    ]
    assert export.unmatched == (Unmatched("bob", "has no score"),)


def test_with_a_list(table: Read) -> None:
    """Names and addresses come from it, and only who is in it is exported."""
    students = table("id,last_name,first_name,email\nann,Lee,Ann,ann@x\n")
    export = nbgrader.grades(summary((handin("ann"), 10), (handin("ANN"), 10)), "hw1", students)
    assert export.data.decode().splitlines()[1:] == [
        "hw1,,,ann,Lee,Ann,ann@x,10.00,0.0,10.00,100.00"
    ]
    assert export.unmatched == (Unmatched("ANN", "is not in the table"),)


def test_of_two_hand_ins_of_one_person_none_is_chosen() -> None:
    """Whichever were imported last would win."""
    group = Handin("ann+bob", members=("ann", "bob"))
    export = nbgrader.grades(summary((Handin("ann"), 40), (group, 90)), "hw1")
    assert [line.split(",")[3] for line in export.data.decode().splitlines()[1:]] == ["bob"]
    assert export.unmatched == (Unmatched("ann", "has more than one hand-in"),) * 2


def test_members_of_a_group_have_the_ids_of_a_roster(table: Read) -> None:
    """Under which nbgrader knows them, with a list of students and without."""
    group = Handin(
        "7+8", members=("7", "8"), member_systems={"7": {"nbgrader": "ann"}, "8": {"sid": "08"}}
    )
    lines = nbgrader.grades(summary((group, 90)), "hw1").data.decode().splitlines()[1:]
    assert [line.split(",")[3] for line in lines] == ["ann", "8"]
    students = table("id,last_name,first_name,email\nann,,,\n08,,,\n")
    lines = nbgrader.grades(summary((group, 90)), "hw1", students).data.decode().splitlines()[1:]
    assert [line.split(",")[3] for line in lines] == ["ann", "08"]


def test_a_members_line_has_nobody_elses_address() -> None:
    """The list of students knows addresses; a group's own is that of its first member."""
    group = Handin("7+8", members=("7", "8"), ids={"email": "ann@x"})
    export = nbgrader.grades(summary((group, 90)), "hw1")
    lines = [line.split(",") for line in export.data.decode().splitlines()[1:]]
    assert [(line[3], line[6]) for line in lines] == [("7", ""), ("8", "")]


@pytest.mark.parametrize("system", ["canvas", "moodle", "gradescope"])
def test_a_number_of_another_system_is_no_students_id(system: str) -> None:
    """Without a list to match with, who has no other id is listed."""
    found = summary((Handin("leeann_5", ids={system: "5"}), 90), (Handin("bob"), 80))
    export = nbgrader.grades(found, "hw1")
    assert [line.split(",")[3] for line in export.data.decode().splitlines()[1:]] == ["bob"]
    (unmatched,) = export.unmatched
    assert unmatched.student == "leeann_5"
    assert "--students" in unmatched.reason


def test_an_id_is_never_a_formula() -> None:
    """Somebody opens the table in a spreadsheet."""
    export = nbgrader.grades(summary((Handin("=cmd()"), 10)), "hw1")
    assert ",'=cmd()," in export.data.decode()


def test_a_list_without_ids_is_refused(table: Read) -> None:
    """Names alone tell nobody apart."""
    with pytest.raises(UsageError, match="no column 'id'"):
        nbgrader.grades(summary((handin("ann"), 10)), "hw1", table("name\nAnn\n"))


@pytest.mark.parametrize("text", [None, "", "{}", "[]", '{"summary_version": 1}'])
def test_a_folder_without_a_finished_batch(tmp_path: Path, text: str | None) -> None:
    """Says what to do first."""
    if text is not None:
        (tmp_path / "summary.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"summary\.json"):
        matching.summary_of(tmp_path)
