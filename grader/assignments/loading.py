"""Finds an assignment by what was asked for: a room beside this file, or a folder of one's own."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from grader.assignments import ABOUT
from grader.errors import UsageError
from grader.kit.assignment import Assignment

_ROOMS = Path(__file__).parent


def names() -> tuple[str, ...]:
    """The assignments that come along."""
    found = [*_ROOMS.glob("*/__init__.py"), *_ROOMS.glob(f"*/{ABOUT}")]
    return tuple(sorted({path.parent.name for path in found}))


def ensure(given: str) -> None:
    """Raise UsageError if there is no such assignment; nothing of it is loaded."""
    if given in names():
        return
    if not given:
        raise UsageError(f"--assignment names nothing; there are {', '.join(names())}, and folders")
    folder = Path(given)
    if not folder.is_dir():
        known = ", ".join(names())
        raise UsageError(f"{given}: is no folder, and none of the assignments here ({known})")
    if not (folder / ABOUT).is_file():
        raise UsageError(f"{given}: has no {ABOUT}; `grader new FOLDER` makes a folder with one")


@cache
def load(given: str) -> Assignment:
    """The assignment of this name, or in this folder. Raises UsageError if there is none."""
    ensure(given)
    if given not in names():
        return _from_folder(Path(given).resolve())
    if (_ROOMS / given / ABOUT).is_file():
        return _from_folder(_ROOMS / given)
    found: Assignment = import_module(f"grader.assignments.{given}").ASSIGNMENT
    return found


def _from_folder(folder: Path) -> Assignment:
    # Here, so that the assignments of this package need nothing of it.
    from grader.assignments import folders

    return folders.read(folder)
