"""Folders and zips are listed alike: what of them is a student's, and what is nobody's."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from grader.classroom.batch import folder
from grader.classroom.intake.handed import Left
from grader.errors import UsageError
from grader.submission import Submission
from tests.classroom import fakes, zips
from tests.classroom.trees import take, write


def test_results_below_the_submissions_are_nobodys(tmp_path: Path) -> None:
    """Those of this batch, however deep, and those of an earlier one, which are named."""
    path = write(tmp_path / "x", {"ann.ipynb": "", "out/bob.ipynb": ""})
    for name in ("out/run1", "out/run2"):
        with folder.opened(path / name, ["ann"]) as out:
            out.write(fakes.report(Submission.of("ann.ipynb", b"", "ann"), 55), "<p>page")
    found = take(path, output=path / "out" / "run2")
    assert [(one.student, len(one.files)) for one in found.handins] == [("ann", 1), ("out", 1)]
    assert found.left == (Left("out/run1/", "holds the results of a batch"),)
    (path / "out" / "bob.ipynb").unlink()
    assert [one.student for one in take(path, output=path / "out" / "run2").handins] == ["ann"]


@pytest.mark.parametrize("packed", [False, True], ids=["a folder", "a zip"])
def test_who_handed_in_nothing_but_hidden_files_is_still_there(
    tmp_path: Path, *, packed: bool
) -> None:
    """Without a file; a zip need not name the folders that it has."""
    tree = {
        "ann/.hw.ipynb": "",
        "bob/hw.ipynb": "",
        "cem/.ipynb_checkpoints/hw.ipynb": "",
        "__MACOSX/eve/._hw.ipynb": "",
    }
    path = write(tmp_path / "x", tree)
    if packed:
        path = tmp_path / "x.zip"
        path.write_bytes(zips.zipped(dict.fromkeys(tree, b"")))
    found = take(path).handins
    assert [(one.student, len(one.files)) for one in found] == [("ann", 0), ("bob", 1), ("cem", 0)]


def test_links_are_not_followed(tmp_path: Path) -> None:
    """Whoever handed one in is still there, without that file."""
    path = write(tmp_path / "x", {"ann/": "", "bob.ipynb": ""})
    (path / "ann" / "hw.ipynb").symlink_to("/etc/passwd")
    (path / "cem").symlink_to("/etc")
    os.mkfifo(path / "ann" / "pipe.ipynb")
    found = take(path)
    assert [one.student for one in found.handins] == ["ann", "bob"]
    assert {file.path: file.refused for file in found.handins[0].files} == {
        "hw.ipynb": "is a link",
        "pipe.ipynb": "is no regular file",
    }
    assert [(left.file, left.reason) for left in found.left] == [("cem", "is a link")]


def test_a_tower_of_folders_is_its_owners_own_trouble(tmp_path: Path) -> None:
    """It is named, and nobody else is harmed."""
    path = write(tmp_path / "x", {"ann.ipynb": "", "eve/hw.ipynb": ""})
    tower = os.open(path / "eve", os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("a", dir_fd=tower)
        above, tower = tower, os.open("a", os.O_RDONLY, dir_fd=tower)
        os.close(above)
    os.close(tower)
    try:
        found = take(path)
    finally:
        # Python's own rmtree, with which pytest tidies up, gives up on it.
        subprocess.run(["rm", "-rf", str(path)], check=True)
    assert [one.student for one in found.handins] == ["ann", "eve"]


def test_results_among_the_submissions_are_no_submissions(tmp_path: Path) -> None:
    """The folder of an earlier run is passed over; the folder itself can't be both."""
    path = write(tmp_path / "x", {"ann.ipynb": "", "out/reports/ann.json": ""})
    assert [one.student for one in take(path, output=path / "out").handins] == ["ann"]
    with pytest.raises(UsageError, match="a folder of their own"):
        take(path, output=path)


def test_file_names_that_are_no_text(tmp_path: Path) -> None:
    """A name on disk may be any bytes."""
    folder = tmp_path / "x"
    folder.mkdir()
    (folder / os.fsdecode(b"ann\xff.ipynb")).write_text("score 1", encoding="utf-8")
    (ann,) = take(folder).handins
    assert ann.student == "ann\\xff"
    assert ann.files[0].load().data == b"score 1"
