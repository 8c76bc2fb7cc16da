"""Scores in the form of `nbgrader export`."""

from __future__ import annotations

from grader import harmless
from grader.class_results import Row, Summary
from grader.classroom.exports.matching import (
    NUMBERS,
    Export,
    Index,
    Unmatched,
    people,
    single,
)
from grader.classroom.spreadsheets import Table, write_table
from grader.errors import UsageError

COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
)  # fmt: skip


def grades(summary: Summary, assignment: str, students: Table | None = None) -> Export:
    """One line per person with a score.

    students: the list that `nbgrader db student import` reads (id, first_name, last_name,
    email); with it, only who is in it is exported.
    Raises UsageError if that list has no column `id`.
    """
    index = None
    if students is not None:
        column = students.column("id")
        if column is None:
            raise UsageError(f"{students.path}: has no column 'id'")
        index = Index(students, [column])
    claims: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    unmatched: list[Unmatched] = []
    for row in summary.submissions:
        for one in people(row):
            person = one.name
            own = (one.ids["nbgrader"],) if "nbgrader" in one.ids else one.keys
            line = index.find(own) if index is not None else None
            if index is None and not _has_id(row):
                line = "has no id that nbgrader could know; match it with --students"
            if row.score is None:
                unmatched.append(Unmatched(person, "has no score"))
            elif isinstance(line, str):
                unmatched.append(Unmatched(person, line))
            else:
                student = (
                    own[0] if students is None or line is None else _cell(students, line, "id")
                )
                cells = _row(row, assignment, student, students, line)
                claims.setdefault(student, []).append((person, cells))
    rows, several = single(claims)
    data = write_table([COLUMNS, *rows.values()])
    warnings = students.warnings if students is not None else ()
    return Export(data, len(rows), (*unmatched, *several), warnings=warnings)


def _has_id(row: Row) -> bool:
    """Whether the hand-in has an id that people gave it, and not only a system's own number."""
    known = any(row.ids.get(kind) for kind in row.ids if kind not in NUMBERS)
    return known or bool(row.members) or not row.ids


def _row(
    row: Row, assignment: str, student: str, students: Table | None, line: int | None
) -> tuple[str, ...]:
    names = ("last_name", "first_name", "email")
    told = ["", "", "" if row.members else row.ids.get("email", "")]
    if students is not None and line is not None:
        told = [_cell(students, line, name) for name in names]
    score = f"{row.score:.2f}"
    cells = [assignment, "", row.timestamp, student, *told]
    return (*map(harmless.csv_cell, cells), score, "0.0", score, f"{row.max_score:.2f}")


def _cell(table: Table, line: int, name: str) -> str:
    column = table.column(name)
    return "" if column is None else table.rows[line][column].strip()
