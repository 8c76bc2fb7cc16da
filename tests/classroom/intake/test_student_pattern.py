"""The instructor's own pattern says whose a file is."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from grader.classroom.intake import download
from grader.classroom.intake.handed import Intake
from grader.classroom.intake.people.student_pattern import Naming
from grader.errors import UsageError
from tests.classroom import zips
from tests.classroom.trees import Tree, write


def named(tmp_path: Path, tree: Tree, pattern: str, *, packed: bool = False) -> Intake:
    """The tree, read by the pattern."""
    path = write(tmp_path / "x", tree)
    if packed:
        path = tmp_path / "x.zip"
        path.write_bytes(zips.zipped(dict(tree)))
    with download.opened(path, naming=Naming.of(pattern)) as found:
        return found


TREE: Tree = {
    "wk3/LATE/hw3-ann_lee-try9.ipynb": "",
    "wk3/LATE/hw3-ann_lee-try10.ipynb": "",
    "wk3/hw3-bob-try1.ipynb": "",
    "wk3/hw3-bob-try1.py": "",
    "wk3/notes.txt": "",
}
PATTERN = r"(?P<late>LATE/)?hw3-(?P<student>[^/]+)-try(?P<attempt>\d+)"


@pytest.mark.parametrize("packed", [False, True], ids=["a folder", "a zip"])
def test_student_attempt_and_late(tmp_path: Path, *, packed: bool) -> None:
    """The tenth attempt is newer than the ninth; what is not matched is named."""
    found = named(tmp_path, TREE, PATTERN, packed=packed)
    ann, bob = found.handins
    assert (ann.student, ann.late, ann.superseded) == ("ann_lee", True, ("9",))
    assert [file.name for file in ann.files] == ["hw3-ann_lee-try10.ipynb"]
    assert (bob.student, bob.late, len(bob.files)) == ("bob", False, 2)
    assert [(one.file, one.reason) for one in found.left] == [
        ("wk3/notes.txt", "is not matched by --student")
    ]


def test_a_folder_with_nothing_in_it_is_somebody_all_the_same(tmp_path: Path) -> None:
    """If the pattern names folders."""
    tree = {"hw-ann/": "", "hw-bob/x.ipynb": ""}
    found = named(tmp_path, tree, "^hw-(?P<student>[^/]+)/")
    assert [(one.student, len(one.files)) for one in found.handins] == [("ann", 0), ("bob", 1)]


REFUSED = {
    "no pattern": ("(?P<student>", "is no regular expression"),
    "no group": (r"(\w+)\.ipynb", r"no group for the student; write \(\?P<student>"),
    "another group": ("(?P<student>x)(?P<year>y)", "no use for a group 'year'"),
    "nothing found": ("(?P<student>zzz)", "matches none of 5 files, such as 'wk3/LATE/hw3-ann"),
}


@pytest.mark.parametrize(("pattern", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_a_pattern_that_can_not_be_used(tmp_path: Path, pattern: str, said: str) -> None:
    """Is one clear line."""
    with pytest.raises(UsageError, match=said) as raised:
        named(tmp_path, TREE, pattern)
    assert "\n" not in str(raised.value)


def test_zips_are_folders_where_nothing_else_is_matched(tmp_path: Path) -> None:
    """A class in a zip that lies in a folder, and sections as zips."""
    (tmp_path / "x").mkdir()
    for name in ("A", "B"):
        inside = {f"hw3-{name}{number}-try1.ipynb": "" for number in (1, 2)}
        (tmp_path / "x" / f"{name}.zip").write_bytes(zips.zipped(dict(inside, other="")))
    with download.opened(tmp_path / "x", naming=Naming.of(PATTERN)) as found:
        assert [one.student for one in found.handins] == ["A1", "A2", "B1", "B2"]
        assert [one.file for one in found.left] == ["A/other", "B/other"]


def test_a_folder_of_others_is_nobody(tmp_path: Path) -> None:
    """Though a wide pattern matches it too; as in a zip, where it has no entry of its own."""
    for packed in (False, True):
        found = named(tmp_path, {"wk3/ann.ipynb": "", "wk3/bob.ipynb": ""}, "^(?P<student>[^.]+)",
                      packed=packed)  # fmt: skip
        assert [one.student for one in found.handins] == ["wk3/ann", "wk3/bob"]


def test_a_pattern_typed_on_a_mac(tmp_path: Path) -> None:
    """Has its accents apart, and names are read with theirs composed."""
    pattern = unicodedata.normalize("NFD", "hw-(?P<student>José|Zoë)")
    found = named(tmp_path, {"hw-José.ipynb": "", "hw-Zoë.ipynb": ""}, pattern)
    assert [one.student for one in found.handins] == ["José", "Zoë"]
