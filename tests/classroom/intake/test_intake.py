"""What instructors download is taken in: whose it is, what counts, what is left out."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from grader.classroom.intake.handed import Handin
from grader.classroom.intake.systems.layouts import Layout
from grader.errors import UsageError
from tests.classroom import zips
from tests.classroom.trees import Tree, take, write

METADATA = """---
submission_11:
  :created_at: 2026-01-02 10:00:00.000000000 Z
  :submitters:
  - :name: Ann Lee
    :sid: '007'
    :email: ann@x.example
submission_12:
  :created_at: 2026-01-02 11:00:00.000000000 Z
  :submitters:
  - :name: Bob Roe
    :email: bob@x.example
  - :name: Cem Öz
    :sid: '008'
    :email: cem@x.example
submission_13:
  :created_at: 2026-01-03 10:00:00.000000000 Z
  :submitters:
  - :name: Ann Lee
    :sid: '007'
"""

LAYOUTS: dict[str, tuple[Layout, Tree, list[str]]] = {
    "a folder of notebooks": (
        Layout.PLAIN,
        {"bob.ipynb": "", "ann.ipynb": "", "Zoë.ipynb": ""},
        ["Zoë", "ann", "bob"],
    ),
    "a folder per student": (
        Layout.PLAIN,
        {"ann/hw.ipynb": "", "bob/deep/hw.ipynb": "", "cem/": ""},
        ["ann", "bob", "cem"],
    ),
    "a zip per student": (Layout.PLAIN, {"ann.zip": "", "bob.zip": ""}, ["ann", "bob"]),
    "Canvas": (
        Layout.CANVAS,
        {"leeann_5_50_hw.ipynb": "", "roebob_LATE_6_60_hw.ipynb": "", "ozcem_7_text.html": ""},
        ["leeann_5", "ozcem_7", "roebob_6"],
    ),
    "Moodle with folders": (
        Layout.MOODLE,
        {
            "Ann Lee_5_assignsubmission_file/hw.ipynb": "",
            "Bob Roe_6_assignsubmission_file/hw.ipynb": "",
            "Cem Öz_7_assignsubmission_onlinetext/onlinetext.html": "",
        },
        ["Ann Lee_5", "Bob Roe_6", "Cem Öz_7"],
    ),
    "Moodle before 4.1": (
        Layout.MOODLE,
        {"Ann Lee_5_assignsubmission_file_/hw.ipynb": ""},
        ["Ann Lee_5"],
    ),
    "Moodle flat": (
        Layout.MOODLE,
        {"Ann Lee_5_assignsubmission_file_hw.ipynb": ""},
        ["Ann Lee_5"],
    ),
    "Gradescope": (
        Layout.GRADESCOPE,
        {
            "submission_metadata.yml": METADATA,
            "submission_11/hw.ipynb": "",
            "submission_12/hw.ipynb": "",
            "submission_13/hw.ipynb": "",
        },
        ["007", "008+bob@x.example"],
    ),
    "Gradescope without metadata": (
        Layout.GRADESCOPE,
        {"submission_11/hw.ipynb": "", "submission_12/hw.ipynb": ""},
        ["submission_11", "submission_12"],
    ),
    "nbgrader": (
        Layout.NBGRADER,
        {
            "submitted/ann/hw1/hw.ipynb": "",
            "submitted/ann/hw1/timestamp.txt": "",
            "submitted/bob/hw1/timestamp.txt": "",
            "source/hw1/hw.ipynb": "",
            "nbgrader_config.py": "",
        },
        ["ann", "bob"],
    ),
    "nbgrader's exchange": (
        Layout.NBGRADER,
        {
            "ann+hw1+2026-01-02 10:00:00.000001 UTC/hw.ipynb": "old",
            "ann+hw1+2026-01-03 10:00:00.000001 UTC/hw.ipynb": "new",
            "bob+hw1+2026-01-02 10:00:00.000001 UTC+abcdefghijkl/hw.ipynb": "",
        },
        ["ann", "bob"],
    ),
}


def one(path: Path, student: str) -> Handin:
    """One hand-in of those found there."""
    (found,) = [handin for handin in take(path).handins if handin.student == student]
    return found


@pytest.mark.parametrize("packed", ["a folder", "a zip", "a zip of the folder"])
@pytest.mark.parametrize(("layout", "tree", "students"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_layouts_are_detected(
    tmp_path: Path, layout: Layout, tree: Tree, students: list[str], packed: str
) -> None:
    """As folders, as the zip that was downloaded, and as a zip somebody made of the folder."""
    junk = {"__MACOSX/._hw.ipynb": "", ".DS_Store": "", "Thumbs.db": ""}
    if packed == "a folder":
        path = write(tmp_path / "downloaded", {**tree, **junk})
    else:
        top = "hw1/" if packed == "a zip of the folder" else ""
        path = tmp_path / "downloaded.zip"
        path.write_bytes(zips.zipped({top + name: text for name, text in {**tree, **junk}.items()}))
    found = take(path)
    assert (found.layout, [handin.student for handin in found.handins]) == (layout, students)
    assert found.left == ()


def test_the_layout_can_be_given(tmp_path: Path) -> None:
    """Then nothing is guessed, and what does not fit is an error."""
    path = write(tmp_path / "x", {"a_1_2_x.ipynb": "", "b.ipynb": ""})
    assert [one.student for one in take(path, Layout.PLAIN).handins] == ["a_1_2_x", "b"]
    found = take(path, Layout.CANVAS)
    assert [one.student for one in found.handins] == ["a_1"]
    assert [(left.file, left.reason) for left in found.left] == [
        ("b.ipynb", "does not say whose it is")
    ]
    with pytest.raises(UsageError, match="holds no submissions in moodle's layout"):
        take(path, Layout.MOODLE)


def test_late_ones_are_marked(tmp_path: Path) -> None:
    """Canvas says so in the name."""
    path = write(tmp_path / "x", LAYOUTS["Canvas"][1])
    assert [one.late for one in take(path).handins] == [False, False, True]


def test_of_several_hand_ins_the_latest_counts(tmp_path: Path) -> None:
    """The others are named."""
    path = write(tmp_path / "x", LAYOUTS["nbgrader's exchange"][1])
    ann = one(path, "ann")
    assert len(ann.files) == 1
    assert ann.superseded == ("2026-01-02 10:00:00.000001 UTC",)
    assert ann.timestamp == "2026-01-03 10:00:00.000001 UTC"


def test_what_canvas_numbers_is_the_same_file_again(tmp_path: Path) -> None:
    """The newest upload counts; parts that students number themselves stay parts."""
    path = write(
        tmp_path / "x",
        {
            "ann_1_10_hw.ipynb": "",
            "ann_1_30_hw-2.ipynb": "",
            "ann_1_20_hw-1.ipynb": "",
            "bob_2_40_part-1.ipynb": "",
            "bob_2_41_part-2.ipynb": "",
        },
    )
    ann = one(path, "ann_1")
    assert [file.path for file in ann.files] == ["hw-2.ipynb"]
    assert ann.superseded == ("hw.ipynb", "hw-1.ipynb")
    assert len(one(path, "bob_2").files) == 2


def test_gradescope_names_people(tmp_path: Path) -> None:
    """By number, else address; groups by all of them; of two hand-ins the later counts."""
    path = write(tmp_path / "x", LAYOUTS["Gradescope"][1])
    ann = one(path, "007")
    assert (ann.name, ann.members) == ("Ann Lee", ())
    assert ann.ids == {"gradescope": "13", "sid": "007", "email": ""}
    assert ann.superseded == ("submission_11",)
    group = one(path, "008+bob@x.example")
    assert group.members == ("008", "bob@x.example")
    assert group.member_ids == {"008": ("cem@x.example",)}
    assert group.name == "Cem Öz, Bob Roe"


def test_gradescope_names_alone_are_nobodys_id(tmp_path: Path) -> None:
    """Two people can have one name; nor does a group hide that one of it has no id."""
    metadata = """---
submission_1:
  :submitters:
  - :name: Wei Zhang
submission_2:
  :submitters:
  - :name: Wei Zhang
submission_3:
  :submitters:
  - :name: Ann Lee
    :sid: '007'
  - :name: Bob Roe
"""
    tree = {f"submission_{number}/hw.ipynb": "" for number in (1, 2, 3)}
    path = write(tmp_path / "x", {"submission_metadata.yml": metadata, **tree})
    found = {handin.student: handin for handin in take(path).handins}
    assert list(found) == ["submission_1", "submission_2", "submission_3"]
    assert {found[one].name for one in ("submission_1", "submission_2")} == {"Wei Zhang"}
    assert found["submission_3"].members == ("007", "Bob Roe")


@pytest.mark.parametrize(
    "text",
    ["- a list", "a: [", "!!python/object/apply:os.system [ls]", "x: *unknown", "\x00"],
    ids=["a list", "cut off", "an object", "an unknown alias", "a control character"],
)
def test_gradescope_metadata_that_can_not_be_read(tmp_path: Path, text: str) -> None:
    """Is said, and never guessed around; no tag makes an object."""
    tree = {"submission_metadata.yml": text, "submission_1/x.ipynb": ""}
    with pytest.raises(UsageError, match=r"submission_metadata\.yml"):
        take(write(tmp_path / "x", tree))


def test_nbgrader_with_several_assignments(tmp_path: Path) -> None:
    """One has to be named."""
    tree = {"submitted/ann/hw1/x.ipynb": "", "submitted/ann/hw2/x.ipynb": ""}
    path = write(tmp_path / "course", tree)
    with pytest.raises(UsageError, match=r"hw1, hw2.*--nbgrader-assignment"):
        take(path)
    assert take(path, assignment="hw2").handins[0].ids == {"nbgrader": "ann"}
    with pytest.raises(UsageError, match="no assignment 'hw3'"):
        take(path, assignment="hw3")
    inside = take(path / "submitted", assignment="hw1")
    assert (inside.layout, [one.student for one in inside.handins]) == (Layout.NBGRADER, ["ann"])


def test_an_assignment_where_there_is_none(tmp_path: Path) -> None:
    """It is said which layout was found, or that there is nothing in the one that was given."""
    path = write(tmp_path / "x", {"ann.ipynb": "", "bob.ipynb": ""})
    with pytest.raises(UsageError, match="read as plain"):
        take(path, assignment="hw1")
    with pytest.raises(UsageError, match="holds no submissions in nbgrader's layout"):
        take(path, Layout.NBGRADER, assignment="hw1")


def test_one_name_in_two_unicode_forms_is_one_student(tmp_path: Path) -> None:
    """A Mac and a Linux machine write accents in two ways."""
    path = tmp_path / "x.zip"
    forms = [unicodedata.normalize(form, "Zoë") for form in ("NFC", "NFD")]
    tree = {f"{name}/{number}.ipynb": "" for number, name in enumerate(forms)}
    path.write_bytes(zips.zipped({**tree, "ann.ipynb": ""}))
    zoe, _ = take(path).handins
    assert (zoe.student, len(zoe.files)) == ("Zoë", 2)


def test_names_that_differ_in_case_are_two_students(tmp_path: Path) -> None:
    """Whatever the file system of the results thinks of it."""
    path = tmp_path / "x.zip"
    path.write_bytes(zips.zipped({"Ann.ipynb": "", "ann.ipynb": ""}))
    assert [one.student for one in take(path).handins] == ["Ann", "ann"]


def test_hostile_members_of_the_classs_zip_cost_nobody_else_anything(tmp_path: Path) -> None:
    """They are listed, each with its reason."""
    path = tmp_path / "x.zip"
    path.write_bytes(zips.zipped({"ann.ipynb": "", "../../bob.ipynb": "", "/etc/cem.ipynb": ""}))
    found = take(path)
    assert [one.student for one in found.handins] == ["ann"]
    assert [left.file for left in found.left] == ["../../bob.ipynb", "/etc/cem.ipynb"]


NOTHING = {
    "an empty folder": {},
    "other files": {"grades.csv": "", "README.md": ""},
    "junk": {"__MACOSX/x.ipynb": "", ".hidden.ipynb": "", ".ipynb_checkpoints/x.ipynb": ""},
}


@pytest.mark.parametrize("tree", NOTHING.values(), ids=NOTHING.keys())
def test_nothing_to_grade(tmp_path: Path, tree: Tree) -> None:
    """Is wrong usage."""
    (tmp_path / "x").mkdir()
    with pytest.raises(UsageError, match="holds no submissions"):
        take(write(tmp_path / "x", tree))


def test_what_is_no_class(tmp_path: Path) -> None:
    """A path that is not there, one notebook, a file that is no zip."""
    with pytest.raises(UsageError, match="no such folder or zip"):
        take(tmp_path / "gone")
    (tmp_path / "x.ipynb").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match="grader grade"):
        take(tmp_path / "x.ipynb")
    (tmp_path / "x.zip").write_text("no zip", encoding="utf-8")
    with pytest.raises(UsageError, match="is no zip"):
        take(tmp_path / "x.zip")


def test_a_time_is_told_where_one_is_known_and_no_number_of_an_attempt(tmp_path: Path) -> None:
    """The column of the class page is called "handed in"."""
    tree = {
        "ann.ipynb": "",
        "ann (1).ipynb": "",
        "cem.ipynb": "",
        "bob/try 1/x.ipynb": "",
        "bob/try 2/x.ipynb": "",
    }
    found = take(write(tmp_path / "x", tree))
    assert {one.student: one.timestamp for one in found.handins} == {
        "ann": "",
        "bob": "",
        "cem": "",
    }
    assert sum(bool(one.superseded) for one in found.handins) == 2
    name = "HW_ann_attempt_2026-02-03-23-59-58_hw.ipynb"
    (ann,) = take(write(tmp_path / "y", {name: ""})).handins
    assert ann.timestamp == "2026-02-03-23-59-58"
