"""The two places where submissions are found: a folder and a zip, listed alike."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from pathlib import Path

from grader.classroom.intake.files.archive import MAX_ENTRIES, Archive
from grader.classroom.intake.files.listing import (
    CHECKPOINTS,
    Listing,
    above_junk,
    is_junk,
    listed,
    text,
)
from grader.classroom.intake.handed import HandedFile, Left
from grader.errors import UsageError
from grader.submission import Submission

# Deeper than anybody's work lies, and far from the depth at which Python gives up.
MAX_DEPTH = 50


class Folder(AbstractContextManager["Folder"]):
    """A folder on disk. Links in it are never followed."""

    def __init__(self, root: Path, skip: Path | None = None) -> None:
        self._root = root
        self._skip = skip.resolve() if skip is not None else None

    def listing(self) -> Listing:
        """All files below it, in the order of their names."""
        files: list[HandedFile] = []
        left: list[Left] = []
        junk: list[str] = []
        for file in self._walk(self._root, ""):
            if isinstance(file, Left):
                left.append(file)
            elif isinstance(file, str):
                junk.append(file)
            else:
                files.append(file)
            if len(files) > 4 * MAX_ENTRIES:
                raise UsageError(f"{self._root}: holds more than {4 * MAX_ENTRIES} files")
        return listed(files, left, junk)

    def load(self, key: int | str, name: str) -> Submission:
        """The file, as its name on disk says."""
        # Students read an error in their report: where the class lies is nothing to them.
        read = Submission.read(self._root / str(key), called=text(str(key)))
        return replace(read, file=name)

    def raw(self, key: int | str, limit: int) -> Path | bytes:  # noqa: ARG002 -- nothing is read
        """The file on disk."""
        return self._root / str(key)

    def _walk(self, folder: Path, prefix: str) -> Iterator[HandedFile | Left | str]:
        """The files below, what is nobody's, and the paths of junk that may be a notebook."""
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            if not prefix:
                raise UsageError(f"{folder}: can't be read ({error.strerror})") from None
            reason = f"can't be read ({error.strerror})"
            yield HandedFile(text(prefix), 0, self, prefix, reason, lost=True)
            return
        for entry in found:
            path = prefix + entry.name
            if self._skipped(entry):
                continue
            if is_junk(path):
                yield from _notebooks_of(entry, path)
            elif entry.is_dir(follow_symlinks=False) and path.count("/") >= MAX_DEPTH:
                reason = f"lies in more than {MAX_DEPTH} folders"
                yield HandedFile(text(path) + "/", 0, self, path, reason)
            elif entry.is_dir(follow_symlinks=False) and _is_of_a_batch(entry.path):
                yield Left(text(path) + "/", "holds the results of a batch")
            elif entry.is_dir(follow_symlinks=False):
                if not self._leads_to_skipped(entry):
                    yield HandedFile(text(path) + "/", 0, self, path)
                yield from self._walk(Path(entry.path), path + "/")
            else:
                yield self._file(entry, path)

    def _skipped(self, entry: os.DirEntry[str]) -> bool:
        # What an earlier run wrote into a folder below the submissions is no submission.
        skip = self._skip
        return skip is not None and entry.name == skip.name and Path(entry.path).resolve() == skip

    def _leads_to_skipped(self, entry: os.DirEntry[str]) -> bool:
        # Such a folder is there for the results, and is nobody's; files in it may be.
        skip = self._skip
        return (
            skip is not None
            and entry.name in skip.parts
            and skip.is_relative_to(Path(entry.path).resolve())
        )

    def _file(self, entry: os.DirEntry[str], path: str) -> HandedFile:
        try:
            found = entry.stat(follow_symlinks=False)
        except OSError as error:
            return HandedFile(text(path), 0, self, path, f"can't be read ({error.strerror})")
        refused = ""
        if stat.S_ISLNK(found.st_mode):
            refused = "is a link"
        elif not stat.S_ISREG(found.st_mode):
            refused = "is no regular file"
        return HandedFile(text(path), found.st_size, self, path, refused)

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""


class Zip(AbstractContextManager["Zip"]):
    """A zip, open for reading. Raises ArchiveRefused if it is none, or too much of one."""

    def __init__(self, source: Path | bytes, name: str) -> None:
        self._archive = Archive(source, name)

    def listing(self) -> Listing:
        """All files in it, in the order of their names."""
        files: list[HandedFile] = []
        left: list[Left] = []
        junk: list[str] = []
        for member in self._archive.members:
            path = text(member.path)
            if member.traversal:
                left.append(Left(path, member.refused))
            elif not is_junk(path):
                files.append(HandedFile(path, member.size, self, member.index, member.refused))
            else:
                junk.append(path)
                # Junk alone is no file, but its folder is there, and may be somebody's.
                if above := above_junk(path):
                    files.append(HandedFile(f"{above}/", 0, self, member.index))
        return listed(files, left, junk)

    def load(self, key: int | str, name: str) -> Submission:
        """The member with this number."""
        return Submission.of(name, self._archive.read(self._archive.members[int(key)]))

    def raw(self, key: int | str, limit: int) -> Path | bytes:
        """The bytes of the member with this number."""
        return self._archive.read(self._archive.members[int(key)], limit)

    def close(self) -> None:
        """Close it."""
        self._archive.close()

    def __exit__(self, *_: object) -> None:
        self.close()


def _notebooks_of(entry: os.DirEntry[str], path: str) -> Iterator[str]:
    """The file, or what is in a folder of checkpoints; nobody looks into other hidden folders."""
    if not entry.is_dir(follow_symlinks=False):
        yield text(path)
    elif entry.name == CHECKPOINTS:
        with suppress(OSError):
            inside = sorted(one.name for one in Path(entry.path).iterdir())
            yield from (text(f"{path}/{name}") for name in inside)


def _is_of_a_batch(folder: str) -> bool:
    return all(os.path.lexists(f"{folder}/{name}") for name in (".lock", "reports", "feedback"))
