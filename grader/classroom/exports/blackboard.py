"""Scores for Blackboard: the file of "Work Offline", with one column filled in.

Columns of grades carry their points and a number, which is what an upload is matched by:

    HW1 [Total Pts: 100 Score] |660463

The words in the brackets are the site's; "up to 100" stands where Blackboard reckons a column
itself. People are matched by user name, the third column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grader import harmless
from grader.class_results import Summary
from grader.classroom.exports import scores
from grader.classroom.exports.matching import Export, Index, people
from grader.classroom.exports.scores import AS_THEY_ARE, Filling, Terms
from grader.classroom.spreadsheets import Table, write_table
from grader.errors import UsageError

# Some scripts have a wider sign for the colon.
_COLON = ":\N{FULLWIDTH COLON}"
_COLUMN = re.compile(
    rf"(?P<title>.*?)\s*\[(?:[^\[\]{_COLON}]*[{_COLON}])?\s*"
    rf"(?P<reckoned>[^\d\[\]{_COLON}\s][^\d\[\]{_COLON}]*\s)?"
    r"(?P<points>\d[\d.,]*)(?:\s[^\]]*)?\]\s*(?:\|\s*(?P<id>\d+))?"
)
_USER = 2


@dataclass(frozen=True)
class _Column:
    """A column of grades. reckoned: by Blackboard itself. id: empty without a number."""

    place: int
    heading: str
    title: str
    points: str
    reckoned: bool
    id: str


def gradebook(
    summary: Summary, table: Table, wanted: str | None = None, terms: Terms = AS_THEY_ARE
) -> Export:
    """The lines of all who have a score, ready to be uploaded.

    wanted: the column, by its heading, title or number; may be None if there is but one.
    Raises UsageError if the table is no such file, or the column can't be written.
    """
    columns = _columns(table)
    named = table.column("Username")
    user = _USER if named is None else named
    student_id = table.column("Student ID")
    column = _chosen(table, columns, wanted)
    decimal = scores.decimal_mark((column.points, *table.cells(column.place)))
    filling = Filling(table, column.place, terms, decimal)
    index = Index(table, [user, student_id], any_case=[user])
    for row in summary.submissions:
        for person in people(row):
            line = index.find(person.keys)
            filling.offer(row, person.name, line, scores.points(column.points))
    filled = filling.filled()
    grades = {one.place for one in columns}
    kept = tuple(place for place in range(user + 1) if place not in grades)
    rows: list[Sequence[str]] = [(*_only(table.header, kept), column.heading)]
    rows += [(*_only(table.rows[line], kept), score) for line, score in filled.items()]
    # Blackboard writes UTF-16 and reads it back; anything else it takes for UTF-8.
    encoding = "utf-16" if table.encoding.startswith("utf-16") else "utf-8"
    return Export(
        write_table(rows, table.delimiter, encoding),
        len(filled),
        tuple(filling.unmatched),
        tuple(filling.replaced),
        table.warnings,
    )


def _columns(table: Table) -> tuple[_Column, ...]:
    found = []
    for place, heading in enumerate(table.header):
        match = _COLUMN.fullmatch(heading.strip())
        if match is not None:
            found.append(
                _Column(
                    place,
                    heading,
                    match["title"],
                    match["points"],
                    bool(match["reckoned"]),
                    match["id"] or "",
                )
            )
    if not found or (table.column("Username") is None and found[0].place <= _USER):
        raise UsageError(
            f"{table.path}: is no grade file of Blackboard; its columns should be Last Name, First"
            " Name, Username and the grades, such as 'HW1 [Total Pts: 100 Score] |660463'"
        )
    return tuple(found)


def _chosen(table: Table, columns: Sequence[_Column], wanted: str | None) -> _Column:
    own = [column for column in columns if not column.reckoned and column.id]
    fitting = [
        column
        for column in (own if wanted is None else columns)
        if wanted in {None, column.heading.strip(), column.title, column.id}
    ]
    if len(fitting) != 1:
        listed = ", ".join(harmless.one_line(column.heading, 80) for column in own[:10])
        problem = "there is no column" if not fitting else "there are several columns"
        named = f" {wanted!r}" if wanted is not None else " of grades"
        raise UsageError(f"{table.path}: {problem}{named}; name one with --column ({listed})")
    (column,) = fitting
    named = harmless.one_line(column.heading, 80)
    if column.reckoned:
        raise UsageError(f"{table.path}: Blackboard reckons the column {named!r} itself")
    if not column.id:
        raise UsageError(
            f"{table.path}: {named!r} has no number behind it, so Blackboard would make a new"
            " column of text of it; download the file again, and use it as it comes"
        )
    return column


def _only(cells: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    return tuple(cells[place] for place in places)
