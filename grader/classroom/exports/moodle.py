"""Scores for Moodle: the grading worksheet filled in, and feedback files in a zip."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from pathlib import Path

from grader.classroom.exports.matching import (
    Export,
    Index,
    Table,
    Unmatched,
    people,
    scaled,
    single,
    write_table,
)
from grader.errors import UsageError
from grader.formats.class_summary import Row, Summary

# "Participant 123", in whatever language the site speaks.
_IDENTIFIER = re.compile(r"\D*?(?P<pid>\d+)")
_DIGITS = re.compile(r"\d+")
_THE_SAME_DATE = (1980, 1, 1, 0, 0, 0)


def worksheet(
    summary: Summary, table: Table, grade_column: str = "Grade", *, scale: bool = False
) -> Export:
    """The worksheet's lines of all who have a score, ready to be uploaded.

    Participants' numbers count; where a hand-in has none, its address or id number.
    Raises UsageError if the table is no worksheet.
    """
    numbers = _with_numbers(table)
    column = table.column(grade_column)
    if column is None:
        listed = ", ".join(table.header)
        raise UsageError(
            f"{table.path}: has no column {grade_column!r}; name it with --grade-column ({listed})"
        )
    by_number = Index(numbers, [0])
    by_id = Index(table, [table.column("Email address"), table.column("ID number")])
    maximum = table.column("Maximum Grade")
    claims: dict[int, list[tuple[str, str]]] = {}
    unmatched: list[Unmatched] = []
    for row in summary.submissions:
        for person, keys in people(row):
            pid = row.ids.get("moodle")
            line = by_number.find([pid]) if pid else by_id.find(keys)
            if row.score is None:
                unmatched.append(Unmatched(person, "has no score"))
            elif isinstance(line, str):
                unmatched.append(Unmatched(person, line))
            elif pid and not _is_named(row.name, table.rows[line]):
                unmatched.append(Unmatched(person, "has a number that is somebody else's there"))
            else:
                possible = table.rows[line][maximum] if maximum is not None else ""
                claims.setdefault(line, []).append((person, scaled(row, possible, scale=scale)))
    lines, several = single(claims)
    rows = [table.header]
    for line in sorted(lines):
        cells = list(table.rows[line])
        cells[column] = lines[line]
        rows.append(tuple(cells))
    return Export(write_table(rows, table.delimiter), len(lines), (*unmatched, *several))


def feedback_zip(summary: Summary, folder: Path) -> Export:
    """Each hand-in's feedback page, under the name that Moodle gave to its folder."""
    buffer = io.BytesIO()
    unmatched: list[Unmatched] = []
    count = 0
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for row in summary.submissions:
            page = _page(row, folder)
            if not row.folder:
                unmatched.append(Unmatched(row.student, "was not downloaded from Moodle"))
            elif page is None:
                unmatched.append(Unmatched(row.student, "has no feedback page"))
            else:
                # The time is fixed: the same pages give the same bytes.
                info = zipfile.ZipInfo(f"{row.folder}/feedback.html", _THE_SAME_DATE)
                info.external_attr = 0o644 << 16
                archive.writestr(info, page, zipfile.ZIP_DEFLATED)
                count += 1
    return Export(buffer.getvalue(), count, tuple(unmatched))


def _page(row: Row, folder: Path) -> bytes | None:
    name = Path(row.feedback).name
    # A summary that somebody changed must not make files of other folders public.
    if not row.feedback or row.feedback != f"feedback/{name}":
        return None
    try:
        return (folder / "feedback" / name).read_bytes()
    except OSError:
        return None


def _is_named(name: str, line: tuple[str, ...]) -> bool:
    """Whether the line is about this name; the number of a team may be some person's as well.

    Moodle leaves punctuation out of folders' names, and writes a word in the site's language
    for the name where marking is blind.
    """
    wanted = _letters(name)
    word = _DIGITS.sub("", line[0])
    return bool(wanted) and any(_letters(cell) == wanted for cell in (*line, word))


def _letters(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in composed if char.isalnum())


def _with_numbers(table: Table) -> Table:
    """The worksheet with one column: the participants' numbers, which Moodle puts first."""
    place = table.column("Identifier") or 0
    found = [_IDENTIFIER.fullmatch(row[place].strip()) for row in table.rows]
    if not table.rows or not all(found):
        raise UsageError(
            f"{table.path}: is no grading worksheet of Moodle; its first column should be"
            " the identifiers, such as 'Participant 123'"
        )
    rows = tuple((one["pid"],) for one in found if one is not None)
    return Table(table.path, ("Identifier",), rows, table.delimiter)
