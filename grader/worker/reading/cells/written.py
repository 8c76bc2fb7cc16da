"""Files that cells of a notebook write, and that other cells import or run.

`%%writefile helpers.py` puts a cell's text into a file. What stands there stands in the
notebook, so it counts like any other cell: an import finds it, `%run` and `%load` mean its
statements, and line numbers are those of the cell that wrote it. Nothing is executed here.

A file may be written several times. What counts is what a run from top to bottom would find;
where it would find nothing, because the cell that writes stands further down, the last text.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from .python_cells import PythonCell, parse

_HEADER = re.compile(r"\s*%%(?:writefile|file)[ \t]+([^\n]*)")
# More than anybody writes by hand.
_MAX_FILES, _MAX_DEPTH = 100, 10
_APPEND = frozenset({"-a", "--append"})


@dataclass(frozen=True)
class File:
    """A file as it was after one of the cells that write it.

    path: its parts, as far as they mean anything here. cells: those that hold its text, from
    the one that wrote it anew to the last that added to it.
    """

    path: tuple[str, ...]
    cells: tuple[PythonCell, ...]

    @property
    def name(self) -> str:
        """Its name without folders."""
        return self.path[-1]

    @property
    def writer(self) -> int:
        """The number of the last cell that wrote to it."""
        return self.cells[-1].number

    @property
    def text(self) -> str:
        """What is in it."""
        return "".join(f"{_parts(cell.text)[1]}\n" for cell in self.cells)

    @cached_property
    def code(self) -> tuple[PythonCell, ...]:
        """Its text as Python, cell by cell, with the lines counted as they are there."""
        return tuple(
            parse(cell.number, "".join(("\n" * above, body)))
            for cell in self.cells
            for above, body in [_parts(cell.text)]
        )


class Files:
    """All files that the cells of a notebook write."""

    def __init__(self, cells: Iterable[PythonCell]) -> None:
        """Find them. Never raises on any cells."""
        self._versions: dict[tuple[str, ...], list[File]] = {}
        for cell in cells:
            if cell.magic in {"%%writefile", "%%file"}:
                self._add(cell)
        self._modules: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._packages: set[tuple[str, ...]] = set()
        for path in sorted(self._versions, key=len, reverse=True):
            self._name(path)

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._versions)

    def __iter__(self) -> Iterator[File]:
        """Each file as it is in the end."""
        return (versions[-1] for versions in self._versions.values())

    def module(self, name: str, at: int | None = None) -> File | None:
        """The file that an import of this module in cell number `at` finds."""
        path = self._modules.get(tuple(name.split(".")))
        return None if path is None else self._version(path, at)

    def is_package(self, name: str) -> bool:
        """Whether there are modules below this name."""
        return tuple(name.split(".")) in self._packages

    def has(self, name: str) -> bool:
        """Whether an import of this name finds anything."""
        return self.is_package(name) or tuple(name.split(".")) in self._modules

    def file(self, argument: str, at: int | None = None) -> File | None:
        """The file that a path stands for, wherever its folder is taken to be."""
        path = _path(argument)
        for wanted in (path, (*path[:-1], f"{path[-1]}.py") if path else ()):
            for known in self._versions:
                if wanted and _ends_with(known, wanted) | _ends_with(wanted, known):
                    return self._version(known, at)
        return None

    def _add(self, cell: PythonCell) -> None:
        header = _HEADER.match(cell.text)
        words = _words(header[1]) if header else []
        path = _path(next((word for word in reversed(words) if word not in _APPEND), ""))
        if not path or (path not in self._versions and len(self._versions) >= _MAX_FILES):
            return
        versions = self._versions.setdefault(path, [])
        adds = versions and not _APPEND.isdisjoint(words)
        before = versions[-1].cells[-_MAX_FILES:] if adds else ()
        versions.append(File(path, (*before, cell)))

    def _name(self, path: tuple[str, ...]) -> None:
        """The names under which the file can be imported, from any folder above it."""
        if not path[-1].endswith(".py"):
            return
        stem = path[-1].removesuffix(".py")
        dotted = path[:-1] if stem == "__init__" else (*path[:-1], stem)
        for start in range(len(dotted)):
            name = dotted[start:]
            if all(part.isidentifier() for part in name):
                # Of two files the one that is nearer to the notebook.
                self._modules[name] = path
                inner = len(name) if stem == "__init__" else len(name) - 1
                self._packages |= {name[:end] for end in range(1, inner + 1)}

    def _version(self, path: tuple[str, ...], at: int | None) -> File:
        versions = self._versions[path]
        before = [each for each in versions if at is not None and each.writer < at]
        return before[-1] if before else versions[-1]


def lay_out(files: Iterable[File]) -> None:
    """Put the files into the current folder, for code that opens them.

    Those in folders are left out: a child makes no folders.
    """
    for file in files:
        if len(file.path) == 1:
            # No room, or a name that a system does not take.
            with suppress(OSError, ValueError), open(file.name, "w", encoding="utf-8") as stream:
                stream.write(file.text)


def _parts(text: str) -> tuple[int, str]:
    """How many lines stand above the text that a cell writes, its header among them; the text."""
    above, _, below = text.partition("%%")
    return above.count("\n") + 1, below.partition("\n")[2]


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text, posix=True)
    except ValueError:
        return text.split()


def _path(text: str) -> tuple[str, ...]:
    parts = tuple(part for part in re.split(r"[/\\]", text) if part not in {"", ".", "..", "~"})
    return parts[-_MAX_DEPTH:]


def _ends_with(path: tuple[str, ...], end: tuple[str, ...]) -> bool:
    return path[-len(end) :] == end
