"""Scores for Canvas: the gradebook that Canvas exported, with one column filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader import harmless
from grader.class_results import Row, Summary
from grader.classroom.exports import scores
from grader.classroom.exports.matching import Export, Index, people
from grader.classroom.exports.scores import AS_THEY_ARE, Filling, Terms
from grader.classroom.spreadsheets import Table, write_table
from grader.errors import UsageError

_ASSIGNMENT = re.compile(r"(?P<title>.*) \((?P<id>\d+)\)", re.DOTALL)
_POINTS = "Points Possible"
# Canvas' words for a column that it reckons itself.
_READ_ONLY = "(read only)"
# Canvas takes a column for one of those by its heading, whatever else stands there.
_RECKONED = re.compile(r"(?:Current|Final) (?:Score|Points|Grade)|Override (?:Score|Grade|Status)")
# A long number that a spreadsheet has rounded.
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)


@dataclass(frozen=True)
class _Identity:
    """The columns about people. kept: in Canvas' order. end: where the assignments begin."""

    kept: tuple[int, ...]
    end: int


@dataclass(frozen=True)
class _Column:
    """A column that may be the assignment's. names: how it may be asked for."""

    place: int
    heading: str
    names: frozenset[str]
    has_id: bool


def gradebook(
    summary: Summary, table: Table, wanted: str | None = None, terms: Terms = AS_THEY_ARE
) -> Export:
    """The lines of all who have a score, ready to be imported.

    wanted: the column, by its heading, title or id; may be None if there is but one.
    Canvas' own id counts; where a hand-in has none, the SIS ids.
    Raises UsageError if the table is no gradebook, or the column is not clear.
    """
    identity = _identity_columns(table)
    column = _assignment_column(table, identity, wanted)
    own = Index(table, [table.column("ID")])
    login = table.column("SIS Login ID")
    known = [table.column("SIS User ID"), login, table.column("Integration ID")]
    sis = Index(table, known, any_case=[login])
    first = _points_row(table)
    told = first[column.place].strip() if first is not None else ""
    possible = scores.points(told) if told and told != _READ_ONLY else None
    filling = Filling(table, column.place, terms)
    for row in summary.submissions:
        for person, line in _lines(row, own, sis):
            filling.offer(row, person, line, possible, _objection(table, column.place, line))
    filled = filling.filled()
    kept = identity.kept
    rows = [(*_only(table.header, kept), table.header[column.place])]
    if first is not None:
        rows.append((*_only(first, kept), first[column.place]))
    rows += [(*_only(table.rows[line], kept), score) for line, score in filled.items()]
    return Export(
        # Excel saves with tabs what is in its "Unicode text"; Canvas reads commas and semicolons.
        write_table(rows, "," if table.delimiter == "\t" else table.delimiter),
        len(filled),
        tuple(filling.unmatched),
        tuple(filling.replaced),
        (*table.warnings, *_warnings(table, column, told)),
    )


def _lines(row: Row, own: Index, sis: Index) -> Iterable[tuple[str, int | str]]:
    for person in people(row):
        number = person.ids.get("canvas")
        yield person.name, own.find([number]) if number else sis.find(person.keys)


def _objection(table: Table, column: int, line: int | str) -> str:
    """Why Canvas would not take a score there."""
    cell = table.rows[line][column].strip().casefold() if isinstance(line, int) else ""
    return {"ex": "is excused in Canvas", "n/a": "is not assigned it in Canvas"}.get(cell, "")


def _warnings(table: Table, column: _Column, told: str) -> Iterable[str]:
    """What Canvas may not do with the column, although nothing is wrong with the scores."""
    heading = harmless.one_line(column.heading, 80)
    if told == _READ_ONLY:
        yield f"{heading!r} is read-only in Canvas, which will ignore the scores"
    elif _RECKONED.search(column.heading):
        yield (
            f"Canvas takes {heading!r} for a column that it reckons itself, by the words in its"
            " title, and will ignore the scores; give the assignment another title"
        )
    elif not column.has_id:
        yield (
            f"{heading!r} has no id: Canvas looks for an assignment with that title, and makes a"
            " new one if there is none"
        )
    if not told:
        yield f"{heading!r} does not say how many points are possible"
    places = (table.column("ID"), table.column("SIS User ID"), table.column("SIS Login ID"))
    cells = [cell for place in places if place is not None for cell in table.cells(place)]
    if any(_ROUNDED.fullmatch(cell) for cell in cells):
        yield (
            f"{table.path}: a spreadsheet has rounded ids (such as 1.2E+11), so nobody is found by"
            " them; export the gradebook again, and use it as it comes"
        )


def _identity_columns(table: Table) -> _Identity:
    """The columns that say who somebody is: up to the section."""
    header = [heading.strip() for heading in table.header]
    whole = header[:1] == ["Student"] or "Student" in header[0]
    separate = {"LastName", "FirstName"} <= {heading.replace(" ", "") for heading in header[:2]}
    sections = [place for place, heading in enumerate(header) if "Section" in heading]
    if len(header) < 4 or not (whole or separate) or "ID" not in header or not sections:
        raise UsageError(
            f"{table.path}: is no gradebook of Canvas; its columns should be"
            " Student, ID, SIS User ID, SIS Login ID, Section and the assignments"
        )
    section = sections[0]
    names = [0] if whole else sorted([0, 1], key=lambda place: not header[place].startswith("Last"))
    # Canvas counts columns: it reads these in this order, and a SIS User ID before a login alone.
    user, login = table.column("SIS User ID"), table.column("SIS Login ID")
    more = [user, login, table.column("Integration ID"), table.column("Root Account")]
    told = [login] if user is None else more if login is not None else []
    places = [*names, header.index("ID"), *told, section]
    return _Identity(tuple(place for place in places if place is not None), section + 1)


def _points_row(table: Table) -> tuple[str, ...] | None:
    return next((row for row in table.rows if any(_POINTS in cell for cell in row[:2])), None)


def _only(cells: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    return tuple(cells[place] for place in places)


def _assignment_column(table: Table, identity: _Identity, wanted: str | None) -> _Column:
    columns = [
        _column(place, heading.strip())
        for place, heading in enumerate(table.header[identity.end :], start=identity.end)
    ]
    own = [column for column in columns if column.has_id]
    if wanted is None:
        fitting = own
    else:
        fitting = [column for column in own if wanted in column.names] or [
            column for column in columns if wanted == column.heading
        ]
        if fitting and not fitting[0].has_id and _is_reckoned(table, fitting[0]):
            raise UsageError(
                f"{table.path}: Canvas reckons the column {wanted!r} itself, and will ignore scores"
            )
    if len(fitting) == 1:
        return fitting[0]
    listed = ", ".join(harmless.one_line(one.heading, 80) for one in (own or columns)[:10])
    problem = "there is no assignment" if not fitting else "there are several assignments"
    named = f" {wanted!r}" if wanted is not None else ""
    raise UsageError(f"{table.path}: {problem}{named}; name one with --column ({listed})")


def _column(place: int, heading: str) -> _Column:
    found = _ASSIGNMENT.fullmatch(heading)
    names = {heading, found["title"], found["id"]} if found else {heading}
    return _Column(place, heading, frozenset(names), found is not None)


def _is_reckoned(table: Table, column: _Column) -> bool:
    first = _points_row(table)
    read_only = first is not None and first[column.place].strip() == _READ_ONLY
    return read_only or _RECKONED.search(column.heading) is not None
