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
    "a phrase with hyphens": ({"ana/after-deadline/x.ipynb": ""}, "after-deadline/x.ipynb"),
    "a copy of what came late": ({"ana_late (1).ipynb": "new", "ana.ipynb": "old"},
                                 "ana_late (1).ipynb"),
    "a version of what came late": (
        {"ana_late_v2.ipynb": "new", "ana_late.ipynb": "old", "ana.ipynb": "old"},
        "ana_late_v2.ipynb",
    ),
    "the same exercise again": ({"ana/hw3.ipynb": "old", "ana/hw3_late.ipynb": "new"},
                                "hw3_late.ipynb"),
    "one part of two again": (
        {"ana/part1.ipynb": "", "ana/part2.ipynb": "old", "ana/late/part2.ipynb": "new"},
        "late/part2.ipynb",
    ),
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
    "a surname": {"Rahul_Late.ipynb": "", "Rahul.ipynb": "another", "Late_Ana.ipynb": ""},
    "a surname of a folder's": {"Diego Tardío/hw.ipynb": "", "Diego/hw.ipynb": "another"},
    "a surname and the exercise": {"Tarde_hw3.ipynb": "", "Laat.ipynb": "", "Late_hw3.ipynb": ""},
    "a surname of two words": {"Ben de Laat/ben_hw3.ipynb": "", "cem/hw.ipynb": ""},
    "a surname, and a file of any name": {"Ben de Laat/mywork.ipynb": "", "cem/hw.ipynb": ""},
    "what the exercise is about": {
        f"{name}/LATE_estimator.ipynb": "" for name in ("ana", "cem", "dan")
    },
    "what it is about, in files": {f"{name}_LATE_estimator.ipynb": "" for name in ("ana", "cem")},
    "what most are called": {f"{name}/late_hw.ipynb": "" for name in ("ana", "cem", "dan")},
    "what most files are called": {f"{name}_LATE_hw.ipynb": "" for name in ("ana", "cem", "dan")},
    "loans": {"ana/past_due_loans.ipynb": ""},
    "an excuse": {"ana/hw.ipynb": "", "ana/late/why.pdf": ""},
}


@pytest.mark.parametrize("tree", IN_TIME.values(), ids=IN_TIME.keys())
def test_nobody_is_late_by_another_word(tmp_path: Path, tree: Tree) -> None:
    """Words that only look alike say nothing, and a letter of excuse replaces no notebook."""
    found = take(write(tmp_path / "class", {**tree, "bo/hw.ipynb": ""}))
    assert not any(one.late for one in found.handins)
    assert sum(len(one.earlier) for one in found.handins) == 0
    tops = {path.partition("/")[0].removesuffix(".ipynb") for path in tree}
    assert {one.student for one in found.handins} == {*tops, "bo"}


# What each student hands in, by the file that counts.
APART: dict[str, tuple[Tree, dict[str, str]]] = {
    "a mark in another section": (
        {
            "A/Kim/hw.ipynb": "A's",
            "A/Bo/hw.ipynb": "",
            "B/Kim (late)/hw.ipynb": "B's",
            "B/Cem/hw.ipynb": "",
        },
        {"A/Kim": "A's", "Bo": "", "B/Kim": "B's", "Cem": ""},
    ),
    "a pile in another section": (
        {
            "A/Kim/hw.ipynb": "A's",
            "A/Bo/hw.ipynb": "",
            "B/late/Kim/hw.ipynb": "B's",
            "B/Cem/hw.ipynb": "",
            "B/Dan/hw.ipynb": "",
        },
        {"A/Kim": "A's", "Bo": "", "B/late/Kim": "B's", "Cem": "", "Dan": ""},
    ),
    "a mark in the same section": (
        {
            "A/Kim/hw.ipynb": "old",
            "A/Kim (late)/hw.ipynb": "new",
            "A/Bo/hw.ipynb": "",
            "B/Kim/hw.ipynb": "B's",
            "B/Cem/hw.ipynb": "",
        },
        {"A/Kim": "new", "Bo": "", "B/Kim": "B's", "Cem": ""},
    ),
    "a late folder beside sections": (
        {
            "A/Kim/hw.ipynb": "A's",
            "A/Bo/hw.ipynb": "",
            "Kim_late/hw.ipynb": "whose",
            "B/Cem/hw.ipynb": "",
            "B/Dan/hw.ipynb": "",
        },
        {"A/Kim": "A's", "Bo": "", "Kim": "whose", "Cem": "", "Dan": ""},
    ),
    "a pile beside two sections": (
        {
            "A/Kim/hw.ipynb": "A's",
            "A/Bo/hw.ipynb": "old",
            "B/Kim/hw.ipynb": "B's",
            "B/Cem/hw.ipynb": "",
            "late/Kim/hw.ipynb": "whose",
            "late/Bo/hw.ipynb": "new",
        },
        {"A/Kim": "A's", "Bo": "new", "B/Kim": "B's", "Cem": "", "late/Kim": "whose"},
    ),
    "sections in a pile": (
        {
            "on time/A/Kim.ipynb": "A's",
            "on time/A/Bo.ipynb": "",
            "on time/B/Kim.ipynb": "old",
            "on time/B/Cem.ipynb": "",
            "late/B/Kim.ipynb": "new",
            "late/B/Dan.ipynb": "",
        },
        {"on time/A/Kim": "A's", "Bo": "", "on time/B/Kim": "new", "Cem": "", "Dan": ""},
    ),
    "a pile of one section": (
        {
            "A/Kim/hw.ipynb": "A's",
            "A/Bo/hw.ipynb": "",
            "B/Kim/hw.ipynb": "old",
            "B/Cem/hw.ipynb": "",
            "B late/Kim/hw.ipynb": "new",
        },
        {"A/Kim": "A's", "Bo": "", "B/Kim": "new", "Cem": ""},
    ),
}


@pytest.mark.parametrize(("tree", "counted"), APART.values(), ids=APART.keys())
def test_who_came_late_replaces_nobody_of_another_section(
    tmp_path: Path, tree: Tree, counted: dict[str, str]
) -> None:
    """Two people of one name stay two, and that is said."""
    found = take(write(tmp_path / "class", tree))
    assert {one.student: "".join(texts(one)) for one in found.handins} == counted
    kims = sum(name.endswith("Kim") for name in counted)
    assert any(f"{kims} are called Kim" in notice for notice in found.notices)


PILES = [
    "late entries/ana.ipynb", "Late Entries/ana.ipynb", "Verspätet eingereicht/ana.ipynb",
    "late entries/ana/hw.ipynb", "hw3 entries (late)/ana.ipynb", "late whatever/ana.ipynb",
]  # fmt: skip


@pytest.mark.parametrize("beside", ["{}.ipynb", "{}/hw.ipynb"])
@pytest.mark.parametrize("path", PILES)
def test_a_late_pile_of_one_is_no_student(tmp_path: Path, path: str, beside: str) -> None:
    """Whether it holds one hand-in or more."""
    tree = {path: "", beside.format("bo"): "", beside.format("cem"): ""}
    found = take(write(tmp_path / "class", tree))
    assert {one.student: one.late for one in found.handins} == {
        "ana": True, "bo": False, "cem": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    "tree",
    [
        {"Kim (late)/mywork.ipynb": "", "bo/mywork.ipynb": "", "cem/mywork.ipynb": ""},
        {"Kim_late/kim_hw.ipynb": "", "bo/bo_hw.ipynb": ""},
        {"Kim/anything.ipynb": "", "late_Kim/something.ipynb": "", "bo/hw.ipynb": ""},
        {"Kim [LATE]/anything.ipynb": "", "bo/hw.ipynb": ""},
    ],
)
def test_a_persons_late_folder_is_no_pile(tmp_path: Path, tree: Tree) -> None:
    """Whatever the file in it is called."""
    found = take(write(tmp_path / "class", tree))
    assert {one.student for one in found.handins if one.late} == {"Kim"}
    assert {"Kim", "bo"} <= {one.student for one in found.handins} <= {"Kim", "bo", "cem"}


@pytest.mark.parametrize(
    "tree",
    [
        {"ana/hw3_part1.ipynb": "", "ana/hw3_part2_late.ipynb": ""},
        {"ana/hw3.ipynb": "", "ana/functions_late.ipynb": ""},
        {"ana/part1.ipynb": "", "ana/part2.ipynb": "", "ana/late/part3.ipynb": ""},
    ],
)
def test_a_late_part_replaces_no_other_part(tmp_path: Path, tree: Tree) -> None:
    """All of them are there, and it is said that there are several."""
    found = take(write(tmp_path / "class", {**tree, "bo/hw.ipynb": ""}))
    ana = found.handins[0]
    assert (len(ana.files), ana.earlier, ana.late) == (len(tree), (), True)
    assert any("several notebooks, of which one counts" in notice for notice in found.notices)


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
     ("ana_LATE_hw3", "ana_hw3"),
     ("Diego (Tardío)", "Diego"), ("ana_late_v2", "ana"), ("ana (2 days late)", "ana"),
     ("Ana Ruiz - Custom losses (late)", "Ana Ruiz - Custom losses")],
)  # fmt: skip
def test_the_mark_is_no_part_of_a_name(name: str, person: str) -> None:
    """Whatever stands between."""
    assert lateness.unmarked(name) == (person, True)


@pytest.mark.parametrize(
    "name",
    ["late", "late_hw3", "Section A late", "group 2 late", "Tarde", "Rahul_Late", "Late_Rahul",
     "Diego Tardío", "diego_tardío", "anna_te_laat", "late entries", "ana_LATE_estimator",
     "Jean Retard", "Ana Verspätet"],
)  # fmt: skip
def test_what_is_nobodys_name_has_no_mark(name: str) -> None:
    """Then it is the name of a pile, of a section, or of somebody called so."""
    assert lateness.unmarked(name) == (name, False)


def texts(handin: Handin) -> list[str]:
    """What is in the files that count."""
    return [(file.load().data or b"").decode() for file in handin.files]
