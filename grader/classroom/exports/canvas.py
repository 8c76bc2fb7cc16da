"""Scores for Canvas: the gradebook that Canvas exported, with one column filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable

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

_ASSIGNMENT = re.compile(r"(?P<title>.*) \((?P<id>\d+)\)")


def gradebook(
    summary: Summary, table: Table, assignment: str | None = None, *, scale: bool = False
) -> Export:
    """The lines of all who have a score, ready to be imported.

    assignment: the column, by its heading, title or id; may be None if there is but one.
    Canvas' own id counts; where a hand-in has none, the SIS ids.
    Raises UsageError if the table is no gradebook, or the column is not clear.
    """
    identity = _identity_columns(table)
    column = _assignment_column(table, identity, assignment)
    own = Index(table, [table.column("ID")])
    sis = Index(table, [table.column("SIS User ID"), table.column("SIS Login ID")])
    possible = next((row for row in table.rows if "Points Possible" in row[0]), None)
    claims: dict[int, list[tuple[str, str]]] = {}
    unmatched: list[Unmatched] = []
    for row in summary.submissions:
        for person, line in _lines(row, own, sis):
            if row.score is None:
                unmatched.append(Unmatched(person, "has no score"))
            elif isinstance(line, str):
                unmatched.append(Unmatched(person, line))
            elif table.rows[line][column].strip().casefold() == "ex":
                unmatched.append(Unmatched(person, "is excused in Canvas"))
            else:
                points = possible[column] if possible else ""
                claims.setdefault(line, []).append((person, scaled(row, points, scale=scale)))
    scores, several = single(claims)
    rows = [(*table.header[:identity], table.header[column])]
    if possible is not None:
        rows.append((*possible[:identity], possible[column]))
    rows += [(*table.rows[line][:identity], scores[line]) for line in sorted(scores)]
    return Export(write_table(rows, table.delimiter), len(scores), (*unmatched, *several))


def _lines(row: Row, own: Index, sis: Index) -> Iterable[tuple[str, int | str]]:
    if "canvas" in row.ids:
        yield row.student, own.find([row.ids["canvas"]])
        return
    for person, keys in people(row):
        yield person, sis.find(keys)


def _identity_columns(table: Table) -> int:
    header = table.header
    sections = [place for place, heading in enumerate(header) if "Section" in heading]
    if len(header) < 4 or "Student" not in header[0] or "ID" not in header[1] or not sections:
        raise UsageError(
            f"{table.path}: is no gradebook of Canvas; its columns should be"
            " Student, ID, SIS User ID, SIS Login ID, Section and the assignments"
        )
    return sections[0] + 1


def _assignment_column(table: Table, identity: int, wanted: str | None) -> int:
    columns = {}
    for place, heading in enumerate(table.header[identity:], start=identity):
        if found := _ASSIGNMENT.fullmatch(heading.strip()):
            columns[place] = {heading.strip(), found["title"], found["id"]}
    fitting = [place for place, names in columns.items() if wanted is None or wanted in names]
    if len(fitting) == 1:
        return fitting[0]
    listed = ", ".join(table.header[place].strip() for place in list(columns)[:10])
    problem = "there is no assignment" if not fitting else "there are several assignments"
    named = f" {wanted!r}" if wanted is not None else ""
    raise UsageError(f"{table.path}: {problem}{named}; name one with --assignment ({listed})")
