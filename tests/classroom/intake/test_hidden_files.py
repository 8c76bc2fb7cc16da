"""What machines add to a class, and what they do to its names: nobody is lost by it."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import Path

import pytest

from grader.classroom.intake import download
from tests.classroom import zips
from tests.classroom.trees import Tree, write

MAC: Tree = {
    "ann/hw.ipynb": "ann",
    "ann/._hw.ipynb": "what the Mac knows of it",
    "bob/hw.ipynb": "bob",
    "bob/.DS_Store": "",
    "__MACOSX/ann/._hw.ipynb": "",
    "__MACOSX/bob/._hw.ipynb": "",
    "bob/.ipynb_checkpoints/hw-checkpoint.ipynb": "as it was some minutes before",
}
Read = tuple[dict[str, list[str]], dict[str, str]]
NOT_THERE = "is a checkpoint that Jupyter kept, and its notebook is not there"
HIDDEN = "is hidden: its name begins with a dot"


class OfWindows(zipfile.ZipInfo):
    """An entry under a name of just these bytes, of which nobody says how to read them."""

    def __init__(self, name: bytes) -> None:
        super().__init__(name.decode("latin-1"))
        self.create_system = 0
        self._name = name

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 -- zipfile's own
        return self._name, 0


def read(path: Path) -> Read:
    """The texts of each student's files, and what was left out, and why."""
    with download.opened(path) as found:
        return {
            one.student: [(file.load().data or b"").decode() for file in one.files]
            for one in found.handins
        }, {one.file: one.reason for one in found.left}


def both(root: Path, tree: Tree) -> tuple[Read, Read]:
    """The tree read as a folder and as a zip."""
    path = root / "class.zip"
    path.write_bytes(zips.zipped(dict(tree)))
    return read(write(root / "class", tree)), read(path)


def test_what_a_mac_and_jupyter_add_is_nobodys(tmp_path: Path) -> None:
    """It is in no hand-in, and is not told of either: all of it stands for what is there."""
    for texts, left in both(tmp_path, MAC):
        assert texts == {"ann": ["ann"], "bob": ["bob"]}
        assert left == {}


def test_a_hidden_notebook_that_nothing_else_stands_for_is_told_of(tmp_path: Path) -> None:
    """It may be all that somebody has; who looks into the folder does not see it."""
    tree = {
        "ann/.ipynb_checkpoints/hw-checkpoint.ipynb": "",
        "bob/hw.ipynb": "",
        "bob/.ipynb_checkpoints/begun-checkpoint.ipynb": "",
        "bob/.local/share/jupyter/tour.ipynb": "",
        "bob/.hw2.ipynb": "",
        ".ipynb_checkpoints/cem-checkpoint.ipynb": "",
    }
    for texts, left in both(tmp_path, tree):
        assert texts == {"ann": [], "bob": [""]}
        assert left == {
            ".ipynb_checkpoints/cem-checkpoint.ipynb": NOT_THERE,
            "ann/.ipynb_checkpoints/hw-checkpoint.ipynb": NOT_THERE,
            "bob/.hw2.ipynb": HIDDEN,
            "bob/.ipynb_checkpoints/begun-checkpoint.ipynb": NOT_THERE,
        }


def test_a_name_that_a_zip_holds_twice(tmp_path: Path) -> None:
    """The last one counts, as for whoever unpacks it, and the other is told of."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("ann.ipynb", "1")
        archive.writestr("bob.ipynb", "b")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("ann.ipynb", "2")
    (tmp_path / "x.zip").write_bytes(buffer.getvalue())
    texts, left = read(tmp_path / "x.zip")
    assert texts == {"ann": ["2"], "bob": ["b"]}
    assert left == {"ann.ipynb": "is there again under the same name; the last one counts"}


def test_a_part_of_a_download_that_was_downloaded_twice(tmp_path: Path) -> None:
    """What is in both is read once, and told of."""
    data = zips.zipped({"Losses/ann.ipynb": "", "Losses/bob.ipynb": ""})
    for number in ("1", "2"):
        (tmp_path / f"drive-download-20260301T100000Z-00{number}.zip").write_bytes(data)
    texts, left = read(tmp_path)
    assert texts == {"ann": [""], "bob": [""]}
    assert list(left) == ["Losses/ann.ipynb", "Losses/bob.ipynb"]


def test_two_names_that_look_alike_are_two_people(tmp_path: Path) -> None:
    """A Mac writes accents apart; where both are there, neither takes the other's place."""
    apart = unicodedata.normalize("NFD", "José.ipynb")
    tree = {"José.ipynb": "one", apart: "other", unicodedata.normalize("NFD", "Zoë.ipynb"): ""}
    for texts, _ in both(tmp_path, tree):
        assert texts == {
            "José": ["one"],
            unicodedata.normalize("NFD", "José"): ["other"],
            "Zoë": [""],
        }


@pytest.mark.parametrize("encoding", ["cp437", "utf-8"])
def test_zips_of_windows(tmp_path: Path, encoding: str) -> None:
    """With its own separator, and names in an old code page or in UTF-8 that is not declared."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("Größe, Zoë", "Peña, José"):
            path = f"hw3\\{name}\\hw.ipynb".encode(encoding)
            archive.writestr(OfWindows(path), name)
    (tmp_path / "x.zip").write_bytes(buffer.getvalue())
    texts, _ = read(tmp_path / "x.zip")
    assert texts == {"Größe, Zoë": ["Größe, Zoë"], "Peña, José": ["Peña, José"]}
