"""Whose line in another system's table is whose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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


def people(row: Row) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Who a hand-in belongs to: for each person how to call them, and their ids here."""
    if row.members:
        for member in row.members:
            yield member, (member, *row.member_ids.get(member, ()))
    else:
        known = (one for kind, one in row.ids.items() if kind not in NUMBERS)
        yield row.student, tuple(dict.fromkeys(one for one in (row.student, *known) if one))


class Index:
    """The lines of a table by the ids in some of its columns."""

    def __init__(self, table: Table, columns: Iterable[int | None], mark: str = "") -> None:
        """mark: what the system writes before an id, and is no part of it."""
        self._lines: dict[str, set[int]] = {}
        for column in columns:
            for line, cell in enumerate(table.cells(column) if column is not None else ()):
                if key := cell.removeprefix(mark):
                    self._lines.setdefault(key, set()).add(line)

    def find(self, keys: Iterable[str]) -> int | str:
        """The one line that has one of these ids; or why there is no telling."""
        lines: set[int] = set()
        for key in keys:
            lines |= self._lines.get(key, set())
        if not lines:
            return "is not in the table"
        return lines.pop() if len(lines) == 1 else "has more than one line in the table"


def single(claims: Mapping[_Line, Sequence[tuple[str, _Cell]]]) -> _Single[_Line, _Cell]:
    """What each line gets, and who gets nothing since several hand-ins claim one line."""
    cells = {line: found[0][1] for line, found in claims.items() if len(found) == 1}
    several = [person for found in claims.values() if len(found) > 1 for person, _ in found]
    return cells, [Unmatched(person, "has more than one hand-in") for person in several]
