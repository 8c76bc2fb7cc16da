"""Made-up downloads: folders and files, and what is taken in of them."""

from __future__ import annotations

from pathlib import Path

from grader.classroom.intake import download
from grader.classroom.intake.handed import Intake
from grader.classroom.intake.systems.layouts import Layout
from tests.classroom import zips

Tree = dict[str, str]


def write(root: Path, tree: Tree) -> Path:
    """The tree as folders and files."""
    for path, text in tree.items():
        place = root / path
        if path.endswith("/"):
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
    return root


def take(path: Path, layout: Layout | None = None, **options: str | Path) -> Intake:
    """What is found there."""
    with download.opened(path, layout, **options) as found:  # type: ignore[arg-type]
        return found


def as_folder(root: Path, tree: Tree) -> Path:
    """On disk."""
    return write(root / "class", tree)


def as_zip(root: Path, tree: Tree) -> Path:
    """As it comes from the browser."""
    (root / "class.zip").write_bytes(zips.zipped(dict(tree)))
    return root / "class.zip"
