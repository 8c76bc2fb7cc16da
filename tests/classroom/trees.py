"""Made-up downloads: folders and files, and what is taken in of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from grader.classroom.intake import download
from grader.classroom.intake.handed import Intake
from grader.classroom.intake.systems.layouts import Layout
from tests.classroom import zips

Tree = dict[str, str]
# With zips in it.
Packed = Mapping[str, str | bytes]


def write(root: Path, tree: Packed) -> Path:
    """The tree as folders and files."""
    for path, text in tree.items():
        place = root / path
        if path.endswith("/"):
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def take(path: Path, layout: Layout | None = None, **options: str | Path) -> Intake:
    """What is found there."""
    with download.opened(path, layout, **options) as found:  # type: ignore[arg-type]
        return found


def as_folder(root: Path, tree: Packed) -> Path:
    """On disk."""
    return write(root / "class", tree)


def as_zip(root: Path, tree: Packed) -> Path:
    """As it comes from the browser."""
    (root / "class.zip").write_bytes(zips.zipped(dict(tree)))
    return root / "class.zip"


def as_zip_of_folder(root: Path, tree: Packed) -> Path:
    """As a colleague packs it."""
    return as_zip(root, {f"hw3/{path}": text for path, text in tree.items()})


def as_zip_in_folder(root: Path, tree: Packed) -> Path:
    """As it lies in the folder for the week."""
    (root / "week3").mkdir()
    (root / "week3" / "submissions.zip").write_bytes(zips.zipped(dict(tree)))
    return root / "week3"


def with_backslashes(root: Path, tree: Packed) -> Path:
    """As older programs on Windows pack it."""
    return as_zip(root, {path.replace("/", "\\"): text for path, text in tree.items()})


FORMS = (as_folder, as_zip, as_zip_of_folder, as_zip_in_folder, with_backslashes)
