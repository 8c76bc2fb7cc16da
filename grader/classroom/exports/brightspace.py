"""Scores for Brightspace: a grade export of the course, with one column filled in.

    OrgDefinedId,Username,HW 1 Points Grade <Numeric MaxPoints:100 Weight:10>,End-of-Line Indicator
    #123456,#alee3,75.00,#

Ids have a `#` in front, so that no spreadsheet takes them for numbers.
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

_IDS = ("OrgDefinedId", "Username")
_END = "End-of-Line Indicator"
_MARK = "#"
_COLUMN = re.compile(r"(?P<title>.*\S) Points Grade\s*(?:<(?P<more>.*)>)?")
_MOST = re.compile(r"\bMaxPoints:\s*(?P<points>[\d.,]*\d)")
# Sites in other languages have words of their own, in the same order, such as "Puntos máx.:10".
_FIRST = re.compile(r"(?![^:]*\bWeight:)[^:]*:\s*(?P<points>[\d.,]*\d)")
_RECKONED = re.compile(r"(?:Calculated|Formula)\b")


@dataclass(frozen=True)
class _Column:
    place: int
    heading: str
    title: str
    points: str
    guessed: bool
    reckoned: bool


def gradebook(
    summary: Summary, table: Table, wanted: str | None = None, terms: Terms = AS_THEY_ARE
) -> Export:
    """The lines of all who have a score, ready to be imported.

    wanted: the column, by its heading or title; may be None if there is but one.
    Raises UsageError if the table is no such export, or the column is not clear.
    """
    ids = [place for name in _IDS if (place := table.column(name)) is not None]
    columns = _columns(table)
    if not ids or not columns:
        raise UsageError(
            f"{table.path}: is no grade export of Brightspace; its columns should be OrgDefinedId"
            " or Username, and grades such as 'HW 1 Points Grade'"
        )
    column = _chosen(table, columns, wanted)
    possible = scores.points(column.points) if column.points else None
    decimal = scores.decimal_mark((column.points, *table.cells(column.place)))
    filling = Filling(table, column.place, terms, decimal)
    index = Index(table, ids, mark=_MARK, any_case=[table.column("Username")])
    for row in summary.submissions:
        for person in people(row):
            filling.offer(row, person.name, index.find(person.keys), possible)
    filled = filling.filled()
    rows: list[Sequence[str]] = [
        (*(table.header[place] for place in ids), column.heading, _END),
        *(
            (*(table.rows[line][place] for place in ids), score, _MARK)
            for line, score in filled.items()
        ),
    ]
    warnings = table.warnings
    named = harmless.one_line(column.heading, 80)
    if possible is None:
        warnings = (*warnings, f"{named!r} does not say how many points are possible")
    elif column.guessed:
        unsure = (
            f"{named!r} is in a language that the grader does not know: it was read as out of"
            f" {column.points}; look whether that is right, and whether Brightspace reckons the"
            " column itself"
        )
        warnings = (*warnings, unsure)
    return Export(
        write_table(rows, "," if table.delimiter == "\t" else table.delimiter),
        len(filled),
        tuple(filling.unmatched),
        tuple(filling.replaced),
        warnings,
    )


def _columns(table: Table) -> tuple[_Column, ...]:
    found = []
    for place, heading in enumerate(table.header):
        match = _COLUMN.fullmatch(heading.strip())
        if match is not None:
            more = match["more"] or ""
            known = _MOST.search(more)
            most = known or _FIRST.match(more)
            points = most["points"] if most else ""
            reckoned = _RECKONED.match(more) is not None
            title = match["title"]
            found.append(_Column(place, heading.strip(), title, points, not known, reckoned))
    return tuple(found)


def _chosen(table: Table, columns: Sequence[_Column], wanted: str | None) -> _Column:
    own = [column for column in columns if not column.reckoned]
    fitting = [
        column
        for column in ((own or columns) if wanted is None else columns)
        if wanted in {None, column.heading, column.title, f"{column.title} Points Grade"}
    ]
    if len(fitting) == 1 and fitting[0].reckoned:
        named = harmless.one_line(fitting[0].title, 80)
        raise UsageError(f"{table.path}: Brightspace reckons the column {named!r} itself")
    if len(fitting) == 1:
        return fitting[0]
    listed = ", ".join(harmless.one_line(column.title, 80) for column in (own or columns)[:10])
    problem = "there is no column" if not fitting else "there are several columns"
    named = f" {wanted!r}" if wanted is not None else " of grades"
    raise UsageError(f"{table.path}: {problem}{named}; name one with --column ({listed})")
