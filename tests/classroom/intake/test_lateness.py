"""What came late is said to be late, wherever names say so, and counts as the newest."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.classroom.intake import lateness
from grader.classroom.intake.handed import Handin
from tests.classroom.trees import Tree, take, write

# Each has one late hand-in, of Ana, and what of it counts; Bo is in time.
LATE: dict[str, tuple[Tree, str]] = {
    "a folder of one's own": ({"ana/late/hw.ipynb": ""}, "late/hw.ipynb"),
    "in words": ({"ana/Late submissions/hw.ipynb": ""}, "Late submissions/hw.ipynb"),
    "with the exercise": ({"ana/LATE_hw3/hw.ipynb": ""}, "LATE_hw3/hw.ipynb"),
    "with how much": ({"ana/2 days late/hw.ipynb": ""}, "2 days late/hw.ipynb"),
    "in German": ({"ana/Verspätete Abgabe/hw.ipynb": ""}, "Verspätete Abgabe/hw.ipynb"),
    "in French": ({"ana/en retard/hw.ipynb": ""}, "en retard/hw.ipynb"),
    "in Spanish": ({"ana/Fuera de plazo/hw.ipynb": ""}, "Fuera de plazo/hw.ipynb"),
    "beside what was in time": (
        {"ana/hw.ipynb": "old", "ana/late/hw.ipynb": "new"}, "late/hw.ipynb",
    ),
    "a script": ({"ana/late/hw.py": "", "ana/notes.pdf": ""}, "late/hw.py"),
    "a file of one's own": ({"ana/LATE_hw3.ipynb": "", "ana/data.csv": ""}, "LATE_hw3.ipynb"),
    "a name with the word": ({"ana_late.ipynb": ""}, "ana_late.ipynb"),
    "a name as Canvas writes them": ({"ana_LATE_hw3.ipynb": ""}, "ana_LATE_hw3.ipynb"),
    "a name and what was in time": ({"ana.ipynb": "old", "ana (late).ipynb": "new"},
                                    "ana (late).ipynb"),
    "a person's folder": ({"ana - LATE/hw.ipynb": ""}, "hw.ipynb"),
    "two folders of a person": ({"ana/hw.ipynb": "old", "ana_late/hw.ipynb": "new"}, "hw.ipynb"),
    "a pile": ({"late/ana.ipynb": "new", "ana.ipynb": "old"}, "ana.ipynb"),
    "a pile in words": ({"fuera de plazo/ana/hw.ipynb": "", "cem/hw.ipynb": ""}, "hw.ipynb"),
    "of nbgrader": (
        {"submitted/ana/ps1/late/hw.ipynb": "", "submitted/ana/ps1/hw.ipynb": "old"},
        "late/hw.ipynb",
    ),
    "of Moodle": ({"Ana_7_assignsubmission_file/late/hw.ipynb": ""}, "late/hw.ipynb"),
    "of clones": (
        {"ps1-ana-r/late/hw.ipynb": "", "ps1-cem-k/hw.ipynb": ""}, "late/hw.ipynb",
    ),
}  # fmt: skip
BO = {
    "of nbgrader": "submitted/bo/ps1/hw.ipynb",
    "of Moodle": "Bo_8_assignsubmission_file/hw.ipynb",
    "of clones": "ps1-bo-b/hw.ipynb",
}


@pytest.mark.parametrize(("tree", "counts"), LATE.values(), ids=LATE.keys())
def test_late_is_said_once_and_of_nobody_else(
    tmp_path: Path, tree: Tree, counts: str, request: pytest.FixtureRequest
) -> None:
    """The late one counts, as the newest, and its student is there once."""
    case = request.node.callspec.id
    bo = BO.get(case, "bo/hw.ipynb" if all("/" in path for path in tree) else "bo.ipynb")
    found = take(write(tmp_path / "class", {**tree, bo: ""}))
    late = [one for one in found.handins if one.late]
    assert [one.student.casefold().startswith("ana") for one in late] == [True]
    assert sum(one.student.casefold().startswith("ana") for one in found.handins) == 1
    assert counts in [file.path for file in late[0].files]
    assert "late" not in late[0].student.casefold()
    assert "old" not in texts(late[0])
    assert bool(late[0].superseded) == ("old" in tree.values())


IN_TIME: dict[str, Tree] = {
    "another meaning": {"ana/late fusion/hw.ipynb": "", "ana/latest/hw.ipynb": ""},
    "what a browser loads": {"ana/extensions/hw.ipynb": "", "ana/after/hw.ipynb": ""},
    "a name": {"Laat, Anna de.ipynb": "", "ana_tardif.ipynb": "", "kate_latham.ipynb": ""},
    "an excuse": {"ana/hw.ipynb": "", "ana/late/why.pdf": ""},
}


@pytest.mark.parametrize("tree", IN_TIME.values(), ids=IN_TIME.keys())
def test_nobody_is_late_by_another_word(tmp_path: Path, tree: Tree) -> None:
    """Words that only look alike say nothing, and a letter of excuse replaces no notebook."""
    found = take(write(tmp_path / "class", {**tree, "bo/hw.ipynb": ""}))
    assert not any(one.late for one in found.handins)
    assert sum(len(one.earlier) for one in found.handins) == 0


def test_what_a_system_dates_stays_in_the_order_of_its_dates(tmp_path: Path) -> None:
    """A folder called late in the first attempt is not newer than the second attempt."""
    pair = "152711-351761 - Ana Ruiz - "
    tree = {
        f"{pair}May 1, 2025 905 AM/late/hw.ipynb": "old",
        f"{pair}May 5, 2025 905 AM/hw.ipynb": "new",
    }
    (ana,) = take(write(tmp_path / "class", tree)).handins
    assert (texts(ana), ana.late, ana.timestamp) == (["new"], False, "2025-05-05 09:05")


@pytest.mark.parametrize(
    ("name", "person"),
    [("Ruiz, Ana (late)", "Ruiz, Ana"), ("late_ana", "ana"), ("ana_zu_spät", "ana"),
     ("Ana Ruiz - Custom losses (late)", "Ana Ruiz - Custom losses")],
)  # fmt: skip
def test_the_mark_is_no_part_of_a_name(name: str, person: str) -> None:
    """Whatever stands between."""
    assert lateness.unmarked(name) == (person, True)


@pytest.mark.parametrize("name", ["late", "late_hw3", "Section A late", "group 2 late", "Tarde"])
def test_what_is_nobodys_name_has_no_mark(name: str) -> None:
    """Then it is the name of a pile, of a section, or of somebody called so."""
    assert lateness.unmarked(name) == (name, False)


def texts(handin: Handin) -> list[str]:
    """What is in the files that count."""
    return [(file.load().data or b"").decode() for file in handin.files]
