"""The layout is found where it begins, and nobody's folder decides for the others."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.classroom.intake import download
from grader.classroom.intake.systems.layouts import Layout
from tests.classroom import zips
from tests.classroom.trees import Tree, take, write

METADATA = """
submission_11:
  :submitters:
  - :name: Eve Poe
    :sid: '011'
submission_12:
  :submitters:
  - :name: Bob Roe
    :sid: '012'
"""
FORGED = METADATA.replace("'011'", "'013'").replace("'012'", "'011'")
TIME = "2026-01-02 10:00:00.000001 UTC"

# Layout, what Bob and the system made, and the folder in which Eve may put what she likes.
CLASSES: dict[str, tuple[Layout, Tree, str]] = {
    "plain": (Layout.PLAIN, {"bob/hw.ipynb": "bob's"}, "eve"),
    "plain, Bob without a folder": (Layout.PLAIN, {"bob.ipynb": "bob's"}, "eve"),
    "plain, nothing from Bob yet": (Layout.PLAIN, {"bob/": ""}, "eve"),
    "plain, no notebook from Bob": (Layout.PLAIN, {"bob/hw.txt": "bob's"}, "eve"),
    "Moodle": (
        Layout.MOODLE,
        {"Bob Roe_12_assignsubmission_file/hw.ipynb": "bob's"},
        "Eve Poe_11_assignsubmission_file",
    ),
    "Gradescope": (
        Layout.GRADESCOPE,
        {"submission_12/hw.ipynb": "bob's", "submission_metadata.yml": METADATA},
        "submission_11",
    ),
    "Gradescope without metadata": (
        Layout.GRADESCOPE,
        {"submission_12/hw.ipynb": "bob's"},
        "submission_11",
    ),
    "nbgrader": (
        Layout.NBGRADER,
        {"submitted/bob/hw1/hw.ipynb": "bob's", "source/hw1/hw.ipynb": ""},
        "submitted/eve/hw1",
    ),
    "nbgrader's exchange": (
        Layout.NBGRADER,
        {f"bob+hw1+{TIME}/hw.ipynb": "bob's"},
        f"eve+hw1+{TIME}",
    ),
}

TRAPS: dict[str, str] = {
    "nbgrader's tree": "submitted/hw/final/x.ipynb",
    "nbgrader's tree with Bob in it": "submitted/bob/hw1/x.ipynb",
    "another step of nbgrader's": "source/hw1/x.ipynb",
    "Bob in nbgrader's exchange": f"bob+hw1+{TIME}/x.ipynb",
    "Bob in nbgrader's inbox": f"inbound/bob+hw1+{TIME}/x.ipynb",
    "Bob's folder of Moodle's": "Bob Roe_12_assignsubmission_file/x.ipynb",
    "Bob's file of Moodle's": "Bob Roe_12_assignsubmission_file_x.ipynb",
    "Bob's file of Canvas'": "roebob_12_99_x.ipynb",
    "Bob's submission of Gradescope's": "submission_12/x.ipynb",
    "a list of people": "submission_metadata.yml",
    "a list of people beside a submission": "submission_12/submission_metadata.yml",
    "Bob's own name": "bob/x.ipynb",
}

FOLDERS = sorted({piece for trap in TRAPS.values() for piece in trap.split("/")[:-1]} | {"eve"})
NAMES = sorted({trap.rpartition("/")[2] for trap in TRAPS.values()})
PATHS = st.builds(
    lambda folders, name: "/".join((*folders, name)),
    st.lists(st.sampled_from(FOLDERS), max_size=4),
    st.sampled_from(NAMES),
)


def place(root: Path, tree: Tree, *, packed: bool = False) -> Path:
    """The tree on disk or in a zip."""
    if packed:
        (root / "class.zip").write_bytes(zips.zipped(dict(tree)))
        return root / "class.zip"
    return write(root / "class", tree)


def read(path: Path, layout: Layout | None = None) -> tuple[str, dict[str, list[str]]]:
    """The layout, and of everybody what is in their files."""
    with download.opened(path, layout) as found:
        assert found.left == ()
        contents = {
            one.student: sorted((file.load().data or b"").decode() for file in one.files)
            for one in found.handins
        }
        return found.layout, contents


@functools.cache
def contents_of(class_: tuple[tuple[str, str], ...], packed: bool) -> dict[str, list[str]]:  # noqa: FBT001
    """Of everybody what is in their files, as long as nobody means harm."""
    with tempfile.TemporaryDirectory() as folder:
        _, contents = read(place(Path(folder), dict(class_), packed=packed))
    return contents


def check_that_eve_harms_nobody(
    layout: Layout, tree: Tree, eve: str, inside: list[str], *, packed: bool
) -> None:
    """The class is read alike, whatever Eve puts into her own folder; all of it is hers."""
    honest = {**tree, f"{eve}/hw.ipynb": "eve's"}
    before = contents_of(tuple(honest.items()), packed)
    assert len(before) == 2
    (owner,) = [student for student in before if before[student] == ["eve's"]]
    texts = {path: FORGED if path.endswith(".yml") else f"trap {path}" for path in inside}
    trap = {f"{eve}/{path}": text for path, text in texts.items()}
    with tempfile.TemporaryDirectory() as full:
        path = place(Path(full), {**honest, **trap}, packed=packed)
        for asked in (None, layout):
            found, after = read(path, asked)
            assert found is layout
            assert after == {**before, owner: sorted(["eve's", *texts.values()])}


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS.keys())
@pytest.mark.parametrize(("layout", "tree", "eve"), CLASSES.values(), ids=CLASSES.keys())
def test_one_students_folder_changes_nothing_for_anybody(
    layout: Layout, tree: Tree, eve: str, trap: str
) -> None:
    """Not by a name that another system would understand, and not by fifty of them."""
    check_that_eve_harms_nobody(layout, tree, eve, [trap], packed=False)
    # Many are listed alike, and written sooner into a zip.
    copies = [f"{number}/{trap}" for number in range(50)]
    for inside in ([trap], [trap, *copies]):
        check_that_eve_harms_nobody(layout, tree, eve, inside, packed=True)


@pytest.mark.parametrize(("layout", "tree", "eve"), CLASSES.values(), ids=CLASSES.keys())
@settings(max_examples=30, deadline=None)
@given(inside=st.sets(PATHS, max_size=6))
def test_no_mixture_of_names_changes_anything(
    layout: Layout, tree: Tree, eve: str, inside: set[str]
) -> None:
    """Any of the words, at any depth, together."""
    for packed in (False, True):
        check_that_eve_harms_nobody(layout, tree, eve, sorted(inside), packed=packed)


def test_a_list_of_people_is_gradescopes_own_alone(tmp_path: Path) -> None:
    """One that was handed in, and sorts before the export's, gives nobody another name."""
    _, tree, eve = CLASSES["Gradescope"]
    forged = {f"{eve}/hw.ipynb": "eve's", f"{eve}/submission_metadata.yml": FORGED}
    found = take(place(tmp_path, {**forged, **tree}))
    assert [(one.student, one.name) for one in found.handins] == [
        ("011", "Eve Poe"),
        ("012", "Bob Roe"),
    ]


MOODLE: Tree = {
    "Ann Lee_5_assignsubmission_file/hw.ipynb": "",
    "Bob Roe_6_assignsubmission_file/src/hw.ipynb": "",
}
CANVAS: Tree = {"leeann_5_50_hw.ipynb": "", "roebob_LATE_6_60_hw.ipynb": ""}
COURSE: Tree = {
    "nbgrader_config.py": "",
    "gradebook.db": "",
    "source/hw1/hw.ipynb": "",
    "source_with_tests/hw1/hw.ipynb": "",
    "release/hw1/hw.ipynb": "",
    "submitted/ann/hw1/hw.ipynb": "",
    "submitted/bob/hw1/timestamp.txt": "",
    "autograded/ann/hw1/hw.ipynb": "",
    "autograded/bob/hw1/hw.ipynb": "",
    "feedback/ann/hw1/hw.html": "",
    "solution/hw1/hw.ipynb": "",
}
EXCHANGE: Tree = {
    f"inbound/ann+hw1+{TIME}/hw.ipynb": "",
    f"inbound/bob+hw1+{TIME}+abcdefghijkl/hw.ipynb": "",
    "outbound/hw1/hw.ipynb": "",
    "feedback/0123/hw.html": "",
}


def below(folder: str, tree: Tree) -> Tree:
    """The tree, in a folder."""
    return {f"{folder}/{path}": text for path, text in tree.items()}


PLACES: dict[str, tuple[Layout, Tree, list[str]]] = {
    "Moodle in its folder": (
        Layout.MOODLE, {**below("TF-hw1-42", MOODLE), "grades.csv": ""}, ["Ann Lee_5", "Bob Roe_6"],
    ),
    "Moodle, two folders deep": (
        Layout.MOODLE, below("downloads/TF-hw1-42", MOODLE), ["Ann Lee_5", "Bob Roe_6"],
    ),
    "Moodle, two sections": (
        Layout.MOODLE,
        {**below("A", MOODLE), "B/Cem Öz_7_assignsubmission_file_hw.ipynb": ""},
        ["Ann Lee_5", "Bob Roe_6", "Cem Öz_7"],
    ),
    "Moodle, one student alone": (
        Layout.MOODLE, {"Ann Lee_5_assignsubmission_file/src/hw.ipynb": ""}, ["Ann Lee_5"],
    ),
    "Canvas in a folder": (Layout.CANVAS, below("submissions", CANVAS), ["leeann_5", "roebob_6"]),
    "Canvas, two sections": (
        Layout.CANVAS,
        {**below("A", CANVAS), "B/özcem_7_70_hw.ipynb": ""},
        ["leeann_5", "roebob_6", "özcem_7"],
    ),
    "Gradescope in its folder": (
        Layout.GRADESCOPE,
        below("assignment_1_export", {**CLASSES["Gradescope"][1], "submission_11/hw.ipynb": ""}),
        ["011", "012"],
    ),
    "Gradescope, nothing handed in": (
        Layout.GRADESCOPE,
        {"submission_metadata.yml": METADATA, "submission_11/": "", "submission_12/": ""},
        ["011", "012"],
    ),
    "nbgrader, all steps": (Layout.NBGRADER, COURSE, ["ann", "bob"]),
    "nbgrader in its course's folder": (Layout.NBGRADER, below("tf101", COURSE), ["ann", "bob"]),
    "nbgrader, submitted alone": (
        Layout.NBGRADER, {"submitted/ann/hw1/hw.ipynb": "", "submitted/bob/hw1/hw.ipynb": ""},
        ["ann", "bob"],
    ),
    "nbgrader's exchange with its other folders": (Layout.NBGRADER, EXCHANGE, ["ann", "bob"]),
    "nbgrader's exchange from its root": (
        Layout.NBGRADER, below("tf101", EXCHANGE), ["ann", "bob"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("packed", ["a folder", "a zip"])
@pytest.mark.parametrize(("layout", "tree", "students"), PLACES.values(), ids=PLACES.keys())
def test_where_layouts_are_found(
    tmp_path: Path, layout: Layout, tree: Tree, students: list[str], packed: str
) -> None:
    """As downloaded, in the folders around it, and in the sections of a large class."""
    path = place(tmp_path, tree, packed=packed == "a zip")
    for asked in (None, layout):
        found = take(path, asked)
        assert (found.layout, [one.student for one in found.handins]) == (layout, students)
        assert [one.file for one in found.left if one.file != "grades.csv"] == []


LOOKALIKES: dict[str, tuple[Tree, list[str]]] = {
    "notebooks that all have Canvas' numbers": (
        {"hw_1_2_ann.ipynb": "", "hw_1_2_bob.ipynb": "", "hw_1_2_cem.ipynb": ""},
        ["hw_1_2_ann", "hw_1_2_bob", "hw_1_2_cem"],
    ),
    "times before names": (
        {"20261101_101500_ann.ipynb": "", "20261101_113000_bob.ipynb": ""},
        ["20261101_101500_ann", "20261101_113000_bob"],
    ),
    "the same, in a folder for each": (
        {"ann/hw_1_2_x.ipynb": "", "bob/hw_1_2_x.ipynb": ""},
        ["ann", "bob"],
    ),
    "attempts under Gradescope's name": (
        {"ann/submission_1/hw.ipynb": "", "bob/submission_1/hw.ipynb": ""},
        ["ann", "bob"],
    ),
    "nbgrader's folders in everybody's": (
        {"ann/submitted/hw/final/x.ipynb": "", "bob/submitted/hw/final/x.ipynb": ""},
        ["ann", "bob"],
    ),
    "people called as nbgrader's steps": (
        {"release/hw.ipynb": "", "source/hw.ipynb": ""},
        ["release", "source"],
    ),
}


@pytest.mark.parametrize(("tree", "students"), LOOKALIKES.values(), ids=LOOKALIKES.keys())
def test_what_would_make_one_student_of_many_is_no_layout(
    tmp_path: Path, tree: Tree, students: list[str]
) -> None:
    """A system that names students tells them apart."""
    found = take(place(tmp_path, tree))
    assert (found.layout, [one.student for one in found.handins]) == (Layout.PLAIN, students)


def test_a_plain_class_in_a_folder_called_submitted(tmp_path: Path) -> None:
    """Is plain, though one student has folders as nbgrader would make them."""
    tree = {"ann/hw.ipynb": "", "bob/hw.ipynb": "", "eve/hw/final/x.ipynb": "", "Zoë.ipynb": ""}
    path = place(tmp_path, tree).rename(tmp_path / "submitted")
    found = take(path)
    assert found.layout is Layout.PLAIN
    assert [one.student for one in found.handins] == ["Zoë", "ann", "bob", "eve"]


INSIDE: Tree = {
    "ann/hw1/hw.ipynb": "",
    "bob/hw1/hw.ipynb": "",
    "eve/hw1/submitted/bob/hw1/x.ipynb": "",
    f"eve/hw1/ann+hw1+{TIME}/x.ipynb": "",
}


def test_the_inside_of_nbgraders_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its name, also where one stands in it; nobody's folder is another such tree."""
    path = place(tmp_path, {**INSIDE, "source/x.ipynb": ""}).rename(tmp_path / "submitted")
    monkeypatch.chdir(path)
    for found in (take(path), take(Path()), take(path, Layout.NBGRADER)):
        assert found.layout is Layout.NBGRADER
        assert [(one.student, len(one.files)) for one in found.handins] == [
            ("ann", 1),
            ("bob", 1),
            ("eve", 2),
        ]
        assert [one.file for one in found.left] == ["source/x.ipynb"]


@pytest.mark.parametrize("asked", [None, Layout.NBGRADER], ids=["found out", "given"])
def test_the_first_in_nbgraders_folder_is_alone(tmp_path: Path, asked: Layout | None) -> None:
    """With nobody beside her, the name of the folder still says which tree it is."""
    tree = {"eve/hw1/submitted/bob/hw1/x.ipynb": ""}
    path = place(tmp_path, tree).rename(tmp_path / "submitted")
    assert [one.student for one in take(path, asked).handins] == ["eve"]


@pytest.mark.parametrize("packed", ["a folder", "a zip", "a zip of the folder"])
def test_nbgraders_folder_under_another_name(tmp_path: Path, packed: str) -> None:
    """Has to be told; nobody's folder is another such tree then either."""
    tree = below("collected", INSIDE) if packed == "a zip of the folder" else INSIDE
    path = place(tmp_path, tree, packed=packed != "a folder")
    assert take(path).layout is Layout.PLAIN
    found = take(path, Layout.NBGRADER)
    assert [(one.student, len(one.files)) for one in found.handins] == [
        ("ann", 1),
        ("bob", 1),
        ("eve", 2),
    ]


def test_what_is_given_need_not_be_most_of_it(tmp_path: Path) -> None:
    """The instructor knows better; the rest is named."""
    rest = {f"notes/{number}.ipynb": "" for number in range(3)}
    found = take(place(tmp_path, {**below("A", MOODLE), **rest}), Layout.MOODLE)
    assert [one.student for one in found.handins] == ["Ann Lee_5", "Bob Roe_6"]
    assert [one.file for one in found.left] == list(rest)


def test_moodle_in_a_folder_called_submitted(tmp_path: Path) -> None:
    """The names in it say more than the name of the folder."""
    tree = {path.replace("/", "/src/deep/"): text for path, text in MOODLE.items()}
    found = take(place(tmp_path, tree).rename(tmp_path / "submitted"))
    assert found.layout is Layout.MOODLE
    assert [one.student for one in found.handins] == ["Ann Lee_5", "Bob Roe_6"]


def test_a_notebook_astray_in_a_course_is_named(tmp_path: Path) -> None:
    """What the course made itself is not, however much there is of it."""
    stray = {
        "Cem.ipynb": "",
        "submitted/dan/hw.ipynb": "",
        "late/eve/hw1/hw.ipynb": "",
        "late/fay.zip": "",
        "notes.txt": "",
    }
    found = take(place(tmp_path, {**COURSE, **stray}))
    assert [one.student for one in found.handins] == ["ann", "bob"]
    assert sorted(one.file for one in found.left) == sorted(stray)
    assert {one.reason for one in found.left} == {"does not say whose it is"}


def test_what_stands_at_another_depth_is_named(tmp_path: Path) -> None:
    """A section that was put among the folders of another gets no report, but is not lost."""
    found = take(place(tmp_path, {**MOODLE, **below("B", CANVAS)}))
    assert found.layout is Layout.MOODLE
    assert [one.file for one in found.left] == [f"B/{name}" for name in CANVAS]
