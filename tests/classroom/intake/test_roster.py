"""A class under names of its own reaches a gradebook that has others."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.class_results import Absent
from grader.classroom.intake import download
from grader.classroom.intake.handed import Handin, Intake
from grader.classroom.intake.people import roster
from grader.errors import UsageError
from tests.classroom.trees import write

GITHUB = (
    '"identifier","github_username","github_id","name"\n'
    '"ada@x.edu","octo","17","Ada Bell"\n'
    '"bo@x.edu","Hub-Bot","18","Bo Cook"\n'
    '"cy@x.edu","","",""\n'
)


def listed(tmp_path: Path, text: str) -> roster.Roster:
    """The roster with this text."""
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8")
    return roster.read(path)


def known(tmp_path: Path, text: str, *students: str) -> Intake:
    """A class of these, with the roster of this text."""
    folder = write(tmp_path / "x", {f"{student}.ipynb": "" for student in students})
    with download.opened(folder, roster=listed(tmp_path, text)) as found:
        return found


def test_github_classrooms_own_roster(tmp_path: Path) -> None:
    """Is read as it is; GitHub knows no case; who has not accepted yet is absent: no trouble."""
    found = known(tmp_path, GITHUB, "octo", "hub-bot")
    assert [(one.student, one.name, one.ids["sid"]) for one in found.handins] == [
        ("hub-bot", "Bo Cook", "bo@x.edu"),
        ("octo", "Ada Bell", "ada@x.edu"),
    ]
    assert found.notices == ()
    assert found.absent == (Absent("cy@x.edu"),)


def test_a_roster_of_ones_own(tmp_path: Path) -> None:
    """Any ids; those that the files gave stay; Moodle's participant in any language."""
    text = (
        "\ufefffile;First name;Last name;Canvas ID;Login;Moodle\r\n"
        "Zoë;Zoë;Größe;101;zoe1;Teilnehmer/in 77\r\n"
        "bob;Bob;Roe;102;;\r\n"
    )
    bob, zoe = sorted(known(tmp_path, text, "bob", "Zoë").handins, key=lambda one: one.name)
    assert (zoe.name, zoe.ids) == (
        "Zoë Größe", {"canvas": "101", "login": "zoe1", "moodle": "77"},
    )  # fmt: skip
    assert (bob.name, bob.ids) == ("Bob Roe", {"canvas": "102"})


def test_who_is_in_one_of_both_alone_is_told(tmp_path: Path) -> None:
    """Nobody vanishes: neither from the class nor from the list."""
    found = known(tmp_path, "file,canvas\nann,1\nbob,2\n", "ann", "eve")
    assert [one.student for one in found.handins] == ["ann", "eve"]
    assert found.notices == (
        "not in the roster: eve", "in the roster, and nothing handed in: bob",
    )  # fmt: skip


def test_all_who_handed_in_nothing_are_named(tmp_path: Path) -> None:
    """Also where they are many."""
    lines = "".join(f"person{number},{number}\n" for number in range(30))
    (told,) = known(tmp_path, f"file,canvas\nann,99\n{lines}", "ann").notices
    assert told.count("person") == 30


def test_a_roster_with_the_names_of_files(tmp_path: Path) -> None:
    """As a listing of the folder has them."""
    found = known(tmp_path, "file,canvas\nann.ipynb,1\nBo Cook.ipynb,2\n", "ann", "Bo Cook")
    assert [one.ids for one in found.handins] == [{"canvas": "2"}, {"canvas": "1"}]
    assert found.notices == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_roster_as_excel_saves_it(tmp_path: Path, encoding: str) -> None:
    """In any of its encodings; one that was guessed is told of."""
    (tmp_path / "roster.csv").write_bytes("file;name\r\nbo;Bo Größe\r\n".encode(encoding))
    folder = write(tmp_path / "x", {"bo.ipynb": ""})
    with download.opened(folder, roster=roster.read(tmp_path / "roster.csv")) as found:
        assert [one.name for one in found.handins] == ["Bo Größe"]
        assert ["Windows-1252" in one for one in found.notices] == [True] * (encoding == "cp1252")


def test_members_of_a_group_are_in_a_roster_each(tmp_path: Path) -> None:
    """By any of their ids, with ids of their own; who is not is told."""
    people = listed(tmp_path, "file,canvas,login\n7,5,\nbob@x,,bob\nann@x,9,\n")
    group = Handin("7+8+9", members=("7", "8", "9"), member_ids={"8": ("bob@x",)})
    (found,), told, absent = people.applied([group])
    assert found.member_systems == {"7": {"canvas": "5"}, "8": {"login": "bob"}}
    assert found.ids == {}
    assert told == ["not in the roster: 9", "in the roster, and nothing handed in: ann@x"]
    assert absent == (Absent("ann@x"),)


REFUSED = {
    "a column that means nothing": (
        "file,canvas,shoe size\na,1,42\n",
        "unknown column 'shoe size'",
    ),
    "no column for the files": ("name,canvas\nann,1\n", "has no column `file`"),
    "nothing but the files": ("file\nann\n", "says nothing but `file`"),
    "a column twice": ("file,canvas,Canvas ID\na,1,1\n", "two columns for `canvas`"),
    "somebody twice": ("file,canvas\nann,1\nann,2\n", "line 3: ann is there twice"),
    "an id twice": (
        "file,canvas\nann,1\nbob,1\n",
        r"line 3: ann and bob have the same id \(canvas",
    ),
    "nobody": ("file,canvas\n,\n,7\n", "names nobody"),
    "nothing": ("", "is empty"),
}


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_a_roster_that_can_not_be_used(tmp_path: Path, text: str, said: str) -> None:
    """Is one clear line, and nothing is graded."""
    with pytest.raises(UsageError, match=said) as raised:
        listed(tmp_path, text)
    assert "\n" not in str(raised.value)
