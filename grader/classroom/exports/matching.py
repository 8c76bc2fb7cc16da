"""Whose line in another system's table is whose."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import msgspec

from grader import class_results
from grader.class_results import Row, Summary
from grader.classroom.spreadsheets import Table
from grader.errors import UsageError

# Numbers that these systems give to people, each in its own way: no other system knows them.
NUMBERS = frozenset({"canvas", "moodle", "gradescope"})

_Line = TypeVar("_Line")
_Cell = TypeVar("_Cell")
_Single = tuple[dict[_Line, _Cell], list["Unmatched"]]


@dataclass(frozen=True)
class Unmatched:
    """A hand-in that is not in the export, and why."""

    student: str
    reason: str


@dataclass(frozen=True)
class Export:
    """What was made: the bytes of the file, how many scores are in it, and who is not.

    replaced: the grades that were there before, a line each. warnings: what else to look at.
    """

    data: bytes
    count: int
    unmatched: tuple[Unmatched, ...]
    replaced: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def summary_of(folder: Path) -> Summary:
    """The summary of the batch in this folder.

    Raises UsageError if there is none: no batch was finished there.
    """
    path = folder / "summary.json"
    try:
        summary = class_results.decode(path.read_bytes())
    except OSError as error:
        raise UsageError(
            f"{path}: can't be read ({error.strerror}); finish a batch with `-o {folder}` first"
        ) from None
    except (msgspec.MsgspecError, UnicodeError):
        summary = None
    if summary is None or summary.summary_version != class_results.SUMMARY_VERSION:
        raise UsageError(f"{path}: is no summary of a batch of this version")
    return summary


@dataclass(frozen=True)
class Owner:
    """One person whom a hand-in belongs to.

    name: how to call them. keys: their ids here. ids: those that other systems gave, by system.
    """

    name: str
    keys: tuple[str, ...]
    ids: Mapping[str, str] = field(default_factory=dict)


def people(row: Row) -> Iterator[Owner]:
    """Who a hand-in belongs to."""
    if not row.members:
        yield _owner(row.student, (), row.ids)
    for member in row.members:
        yield _owner(member, row.member_ids.get(member, ()), row.member_systems.get(member, {}))


def _owner(name: str, more: Sequence[str], ids: Mapping[str, str]) -> Owner:
    known = (one for kind, one in ids.items() if kind not in NUMBERS)
    keys = dict.fromkeys(one for one in (name, *more, *known) if one)
    return Owner(name, tuple(keys), ids)


class Index:
    """The lines of a table by the ids in some of its columns.

    An id that nobody has exactly is looked for in any case, where it is an address or stands in
    one of the columns that the system itself reads so.
    """

    def __init__(
        self,
        table: Table,
        columns: Iterable[int | None],
        mark: str = "",
        any_case: Iterable[int | None] = (),
    ) -> None:
        """mark: what the system writes before an id, and is no part of it."""
        self._mark = mark
        self._lines: dict[str, set[int]] = {}
        self._folded: dict[str, set[int]] = {}
        caseless = frozenset(any_case)
        for column in columns:
            for line, cell in enumerate(table.cells(column) if column is not None else ()):
                if key := self._key(cell):
                    self._lines.setdefault(key, set()).add(line)
                    if column in caseless or "@" in key:
                        self._folded.setdefault(key.casefold(), set()).add(line)

    def find(self, keys: Iterable[str]) -> int | str:
        """The one line that has one of these ids; or why there is no telling."""
        wanted = [self._key(key) for key in keys]
        lines = {line for key in wanted for line in self._lines.get(key, ())}
        lines = lines or {line for key in wanted for line in self._folded.get(key.casefold(), ())}
        if not lines:
            return "is not in the table"
        return lines.pop() if len(lines) == 1 else "has more than one line in the table"

    def _key(self, text: str) -> str:
        return unicodedata.normalize("NFC", text).removeprefix(self._mark)


def single(claims: Mapping[_Line, Sequence[tuple[str, _Cell]]]) -> _Single[_Line, _Cell]:
    """What each line gets, and who gets nothing since several hand-ins claim one line."""
    cells = {line: found[0][1] for line, found in claims.items() if len(found) == 1}
    several = [person for found in claims.values() if len(found) > 1 for person, _ in found]
    return cells, [Unmatched(person, "has more than one hand-in") for person in several]
