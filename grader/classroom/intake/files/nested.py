"""Zips among the submissions that hold part of the class, not one student's work.

One of them is open at a time: a class in sections takes no more memory than its largest.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from grader.classroom.intake.files.places import Zip
from grader.classroom.intake.handed import HandedFile, Left
from grader.errors import UsageError
from grader.submission import MAX_BYTES, Submission

# The one zip that somebody put into another may be a whole class'.
MAX_ALONE = 8 * MAX_BYTES


class Nest(AbstractContextManager["Nest"]):
    """Opens zips that stand among the submissions."""

    def __init__(self) -> None:
        self._open: tuple[HandedFile, Zip] | None = None
        self._listed: dict[HandedFile, list[HandedFile] | None] = {}
        self.left: dict[str, list[Left]] = {}
        self.limit = MAX_BYTES

    def peek(self, zipped: HandedFile) -> list[HandedFile] | None:
        """The files in a zip, under its own path; None if it can't be looked into."""
        if zipped not in self._listed:
            self._listed[zipped] = self._list(zipped)
        return self._listed[zipped]

    def opened(self, zipped: HandedFile) -> Zip:
        """The zip, open until another one is. Raises UsageError."""
        if self._open is not None and self._open[0] == zipped:
            return self._open[1]
        # That may open the zip that this one is in.
        source = zipped.place.raw(zipped.key, self.limit)
        self.close()
        place = Zip(source, zipped.name)
        self._open = (zipped, place)
        return place

    def close(self) -> None:
        """Close what is open."""
        if self._open is not None:
            self._open[1].close()
            self._open = None

    def _list(self, zipped: HandedFile) -> list[HandedFile] | None:
        if zipped.refused:
            return None
        try:
            listing = self.opened(zipped).listing()
        except UsageError:
            return None
        inside = _Inside(self, zipped)
        self.left[zipped.path] = [
            Left(f"{zipped.path}: {one.file}", one.reason)
            for one in (*listing.left, *listing.hidden)
        ]
        return [
            replace(file, path=f"{zipped.path}/{file.path}", place=inside) for file in listing.files
        ]

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True)
class _Inside:
    """The place of the files in such a zip."""

    nest: Nest
    zipped: HandedFile

    def load(self, key: int | str, name: str) -> Submission:
        """The member with this number."""
        return self.nest.opened(self.zipped).load(key, name)

    def raw(self, key: int | str, limit: int) -> Path | bytes:
        """Its bytes."""
        return self.nest.opened(self.zipped).raw(key, limit)
