"""Writes an assignment that works, for somebody to make their own of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from grader.assignments import loading
from grader.authoring.notebooks.release import release
from grader.errors import UsageError

_TEMPLATE = Path(__file__).parent / "template"


def new(folder: Path) -> tuple[Path, ...]:
    """Write the folder, and return its files. Raises UsageError if something is there already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder}: is there already; name a new folder, or an empty one")
    try:
        shutil.copytree(
            _TEMPLATE, folder, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True
        )
    except OSError as error:
        raise UsageError(f"{folder}: can't be written ({error.strerror})") from None
    release(loading.load(str(folder)), Path())
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
