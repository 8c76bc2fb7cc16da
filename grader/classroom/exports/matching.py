"""Tables of other systems, and whose line in them is whose."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from grader.errors import UsageError
from grader.formats import class_summary, harmless
from grader.formats.class_summary import Row, Summary

_MAX_TABLE = 64 * 2**20
_MAX_CELL = 2**20

# Canvas' words for a column that it reckons itself.
_READ_ONLY = "(read only)"
# 100 or 100.50; 100,5; 1,000.00; 1.000,00. What could be two of them, as 1,000, is none.
_PLAIN, _COMMA = re.compile(r"\d+(\.\d+)?"), re.compile(r"\d+,\d{1,2}")
_ENGLISH = re.compile(r"\d{1,3}(,\d{3})+\.\d+")
_GERMAN = re.compile(r"\d{1,3}(\.\d{3})+,\d+")

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
    """What was made: the bytes of the file, how many scores are in it, and who is not."""

    data: bytes
    count: int
    unmatched: tuple[Unmatched, ...]


@dataclass(frozen=True)
class Table:
    """A table that somebody exported elsewhere. path: for messages. rows: without the header."""

    path: Path
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str

    def column(self, name: str) -> int | None:
        """The place of the column with this heading."""
        wanted = name.casefold()
        for place, heading in enumerate(self.header):
            if heading.strip().casefold() == wanted:
                return place
        return None


def summary_of(folder: Path) -> Summary:
    """The summary of the batch in this folder.

    Raises UsageError if there is none: no batch was finished there.
    """
    path = folder / "summary.json"
    try:
        summary = class_summary.decode(path.read_bytes())
    except OSError as error:
        raise UsageError(
            f"{path}: can't be read ({error.strerror}); finish a batch with `-o {folder}` first"
        ) from None
    except (msgspec.MsgspecError, UnicodeError):
        summary = None
    if summary is None or summary.summary_version != class_summary.SUMMARY_VERSION:
        raise UsageError(f"{path}: is no summary of a batch of this version")
    return summary


def read_table(path: Path) -> Table:
    """A CSV file with a header, commas or semicolons between its cells.

    Raises UsageError if it can't be read.
    """
    try:
        if path.stat().st_size > _MAX_TABLE:
            raise UsageError(f"{path}: is larger than {_MAX_TABLE // 2**20} MiB")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: can't be read ({error.strerror})") from None
    except UnicodeError:
        raise UsageError(f"{path}: is not in UTF-8; export it again as CSV in UTF-8") from None
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    csv.field_size_limit(_MAX_CELL)
    try:
        rows = [
            tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise UsageError(f"{path}: is no CSV file ({error})") from None
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise UsageError(f"{path}: is empty")
    width = len(rows[0])
    return Table(
        path,
        rows[0],
        tuple((*row, *[""] * (width - len(row)))[:width] for row in rows[1:]),
        delimiter,
    )


def write_table(rows: Iterable[Sequence[str]], delimiter: str = ",") -> bytes:
    """The rows as CSV in UTF-8."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode("utf-8")


def people(row: Row) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Who a hand-in belongs to: for each person how to call them, and their ids here."""
    if row.members:
        for member in row.members:
            yield member, (member, *row.member_ids.get(member, ()))
    else:
        own = (
            row.student,
            row.ids.get("sid", ""),
            row.ids.get("login", ""),
            row.ids.get("email", ""),
            row.ids.get("nbgrader", ""),
        )
        yield row.student, tuple(dict.fromkeys(one for one in own if one))


def _points(possible: str, usual: float) -> float:
    """The number in the table's cell; `usual` if it has none. Raises UsageError."""
    text = possible.strip()
    if not text or text == _READ_ONLY:
        return usual
    if _PLAIN.fullmatch(text) or _COMMA.fullmatch(text):
        return float(text.replace(",", "."))
    if _ENGLISH.fullmatch(text):
        return float(text.replace(",", ""))
    if _GERMAN.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    raise UsageError(
        f"the points that are possible are {harmless.one_line(text, 40)!r} in the table,"
        " which can't be read for certain; write them there as in 100 or 100.5"
    )


class Index:
    """The lines of a table by the ids in some of its columns."""

    def __init__(self, table: Table, columns: Iterable[int | None]) -> None:
        self._lines: dict[str, set[int]] = {}
        for column in columns:
            if column is None:
                continue
            for line, row in enumerate(table.rows):
                if key := row[column].strip():
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


def scaled(row: Row, possible: str, *, scale: bool) -> str:
    """The score with two decimals, out of the points that the table says are possible.

    Raises UsageError if those can't be read, or are not the grader's and scaling was not asked
    for.
    """
    score = row.score or 0.0
    points = _points(possible, row.max_score)
    if points == row.max_score:
        return f"{score:.2f}"
    if not scale:
        raise UsageError(
            f"the table has {points:g} points where the grader has {row.max_score:g};"
            " --scale converts them"
        )
    return f"{score * points / row.max_score:.2f}"
