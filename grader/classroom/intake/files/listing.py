"""What a folder or a zip holds, told apart by names: files, junk, and hidden notebooks."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from grader.classroom.intake.claims import is_notebook_name
from grader.classroom.intake.handed import HandedFile, Left

CHECKPOINTS = ".ipynb_checkpoints"
_JUNK_FOLDERS = frozenset({"__MACOSX", "__pycache__"})
_JUNK_FILES = frozenset({"thumbs.db", "desktop.ini"})
_CHECKPOINT = "-checkpoint.ipynb"


@dataclass(frozen=True)
class Listing:
    """The files of a place, junk left out, and what of it can belong to nobody.

    hidden: notebooks that nobody sees who looks at the folder, and that nothing else stands for.
    """

    files: tuple[HandedFile, ...]
    left: tuple[Left, ...] = ()
    hidden: tuple[Left, ...] = ()


def listed(files: list[HandedFile], left: Iterable[Left], junk: Iterable[str]) -> Listing:
    """The listing of a place, under names that are each written in one way, and stand once."""
    found, twice = told_apart(files)
    # A zip has no order, and it should be read as the folder would be.
    found.sort(key=lambda file: file.path)
    hidden = sorted(_hidden(junk, {file.path for file in found}), key=lambda one: one.file)
    return Listing(tuple(found), (*left, *twice), tuple(hidden))


def is_junk(path: str) -> bool:
    """Whether programs put it there, and not people."""
    parts = path.rstrip("/").split("/")
    return (
        any(part.startswith((".", "~$")) for part in parts)
        or not _JUNK_FOLDERS.isdisjoint(parts)
        or parts[-1].casefold() in _JUNK_FILES
    )


def above_junk(path: str) -> str:
    """The folder that junk lies in; empty for the place itself."""
    while path and is_junk(path):
        path = path.rstrip("/").rpartition("/")[0]
    return path


def text(name: str) -> str:
    """A name on disk need not be UTF-8; as a label it has to be text that can be written."""
    return os.fsencode(name).decode("utf-8", "backslashreplace") if not name.isascii() else name


def told_apart(files: list[HandedFile]) -> tuple[list[HandedFile], list[Left]]:
    """The files under composed names, but for two that only then would have one name.

    A zip may hold one name several times, and whoever unpacks it gets the last.
    """
    last = {file.path: file for file in files}
    composed = {path: unicodedata.normalize("NFC", path) for path in last}
    often = Counter(composed.values())
    kept = [
        replace(file, path=composed[path]) if often[composed[path]] == 1 else file
        for path, file in last.items()
    ]
    # A folder's own entry is no work of anybody's.
    left = [
        Left(file.path, "is there again under the same name; the last one counts")
        for file in files
        if not file.is_folder and last[file.path] is not file
    ]
    return kept, left


def _hidden(junk: Iterable[str], seen: set[str]) -> Iterator[Left]:
    """Those of the junk that are notebooks, and may be all that there is of somebody's work.

    A checkpoint beside its notebook is the same work as it was some minutes before.
    """
    for path in junk:
        above, _, name = unicodedata.normalize("NFC", path).rpartition("/")
        # `._hw.ipynb` is no notebook: a Mac keeps what it knows of `hw.ipynb` there.
        if not is_notebook_name(name) or name.startswith(("._", "~$")):
            continue
        around, slash, folder = f"/{above}".rpartition("/")
        around = around[1:] + slash if around else ""
        if folder == CHECKPOINTS and not (around and is_junk(around)):
            of = name.removesuffix(_CHECKPOINT) + ".ipynb" if _CHECKPOINT in name else name
            if f"{around}{of}" not in seen:
                yield Left(path, "is a checkpoint that Jupyter kept, and its notebook is not there")
        elif not (above and is_junk(above)):
            yield Left(path, "is hidden: its name begins with a dot")
