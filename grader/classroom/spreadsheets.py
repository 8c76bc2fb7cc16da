"""Tables that somebody exported elsewhere, whatever a spreadsheet has made of them since."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError

_MAX_TABLE = 64 * 2**20
_MAX_CELL = 2**20
_MAX_HEADER = 2**16
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_BOMS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_PAGE = re.compile(r"\s*<(?:!doctype html|html|head|body|table|\?xml)\b", re.IGNORECASE)
# Excel's own saying which character stands between cells, in a line before the header.
_SEPARATOR_LINE = "sep="
_DELIMITERS = ",;\t"
_GUESSED = "{path}: is not in UTF-8 and was read as Windows-1252; are the names in it right?"


@dataclass(frozen=True)
class Table:
    """A table with a header.

    path: for messages. rows: without the header. encoding: in which it came. warnings: what
    somebody should know of how it was read.
    """

    path: Path
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str
    encoding: str = "utf-8"
    warnings: tuple[str, ...] = ()

    def column(self, *names: str) -> int | None:
        """The place of the first column with one of these headings."""
        wanted = {name.casefold() for name in names}
        for place, heading in enumerate(self.header):
            if heading.strip().casefold() in wanted:
                return place
        return None

    def cells(self, column: int) -> tuple[str, ...]:
        """What stands in one column, without blanks around."""
        return tuple(row[column].strip() for row in self.rows)


def read_table(path: Path) -> Table:
    """A CSV file with a header, in the encodings and with the separators that Excel writes.

    Raises UsageError if it can't be read.
    """
    try:
        if path.stat().st_size > _MAX_TABLE:
            raise UsageError(f"{path}: is larger than {_MAX_TABLE // 2**20} MiB")
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: can't be read ({error.strerror})") from None
    if data[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}:
        raise UsageError(f"{path}: is a workbook; save it as CSV in UTF-8")
    text, encoding, warnings = _decoded(path, data)
    text = text.lstrip("\ufeff")
    if _PAGE.match(text):
        raise UsageError(f"{path}: is a web page, and no table; export it again")
    first, _, rest = text.partition("\n")
    told = first.strip().strip('"')
    if told.casefold().startswith(_SEPARATOR_LINE) and len(told) <= len(_SEPARATOR_LINE) + 1:
        delimiter, text = told[len(_SEPARATOR_LINE) :] or "\t", rest
    else:
        bare = _QUOTED.sub("", text[:_MAX_HEADER]).lstrip("\r\n").partition("\n")[0]
        delimiter = max(_DELIMITERS, key=bare.count)
    numbered = [
        (number, row)
        for number, row in _rows(path, text, delimiter)
        if any(cell.strip() for cell in row)
    ]
    if not numbered:
        raise UsageError(f"{path}: is empty")
    (_, header), *others = numbered
    width = len(header)
    for number, row in others:
        if any(cell.strip() for cell in row[width:]):
            # All that stands behind it would be taken for something else.
            raise UsageError(
                f"{path}: line {number} has more cells than the header; a cell with {delimiter!r}"
                " in it needs quotes around it"
            )
    full = tuple((*row, *[""] * (width - len(row)))[:width] for _, row in others)
    return Table(path, header, full, delimiter, encoding, warnings)


def write_table(
    rows: Iterable[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8"
) -> bytes:
    """The rows as CSV."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode(encoding)


def _decoded(path: Path, data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """The text, its encoding, and what may be wrong with that."""
    encoding = next((name for bom, name in _BOMS.items() if data.startswith(bom)), "")
    if not encoding and b"\0" in data[:4]:
        encoding = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    for trial in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            text = data.decode(trial)
        except UnicodeError:
            continue
        return text, trial, (_GUESSED.format(path=path),) if trial == "cp1252" else ()
    raise UsageError(f"{path}: can't be read as text; save it as CSV in UTF-8")


def _rows(path: Path, text: str, delimiter: str) -> list[tuple[int, tuple[str, ...]]]:
    """The rows, each with the number of its last line."""
    csv.field_size_limit(_MAX_CELL)
    if text.count('"') % 2:
        _ensure_closed(path, text, delimiter)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [(reader.line_num, tuple(row)) for row in reader]
    except csv.Error as error:
        raise UsageError(f"{path}: is no CSV file ({error})") from None


def _ensure_closed(path: Path, text: str, delimiter: str) -> None:
    """Raise UsageError if a quote takes all that follows, and whoever stands there, into a cell."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 0
    try:
        for _ in reader:
            line = reader.line_num
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise UsageError(
                f"{path}: a quote in line {line + 1} is never closed, so all lines behind it would"
                " be one cell"
            ) from None
