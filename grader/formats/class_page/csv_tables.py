"""The tables of the class page as CSV files, one each; `grades.csv` is the one of students."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from grader import harmless
from grader.class_results import Standing, Summary
from grader.formats import wording

_Cell = str | float | None
NAMES = ("topics", "exercises", "checks", "same_code", "not_graded")


def tables(summary: Summary) -> dict[str, bytes]:
    """The bytes of each table, by its name. Nothing in them is a formula.

    They begin with the mark by which Excel tells UTF-8: people read them, and no script has to.
    """
    rows = (_topics, _exercises, _checks, _same_code, _not_graded)
    return {name: _csv(made(summary)) for name, made in zip(NAMES, rows, strict=True)}


def _topics(summary: Summary) -> Iterator[list[_Cell]]:
    yield ["kind", "title", "hand-ins", "wrote", "points lost", "exercises", "example", "text"]
    for one in summary.topics:
        places = "; ".join(f"{name} {count}" for name, count in one.exercises.items())
        yield [one.kind, one.title, one.count, one.wrote, one.lost, places, one.example, one.text]


def _exercises(summary: Summary) -> Iterator[list[_Cell]]:
    yield ["exercise", "max_score", "mean", "wrote", *(one.value for one in Standing)]
    for one in summary.exercises:
        counts = (one.standings.get(standing, 0) for standing in Standing)
        yield [one.name, one.max_score, one.mean, one.wrote, *counts]


def _checks(summary: Summary) -> Iterator[list[_Cell]]:
    yield ["exercise", "check", "title", "max_score", "wrote", "passed", "failed", "discrimination"]
    for exercise in summary.exercises:
        for one in exercise.checks:
            counts = (one.total, one.passed, one.failed)
            yield [
                exercise.name, one.name, one.title, one.max_score, *counts, one.discrimination,
            ]  # fmt: skip


def _same_code(summary: Summary) -> Iterator[list[_Cell]]:
    yield ["group", "student", "exercises"]
    for number, one in enumerate(summary.alike, start=1):
        for student in one.students:
            yield [number, student, "; ".join(one.exercises)]


def _not_graded(summary: Summary) -> Iterator[list[_Cell]]:
    names = {row.student: row.name for row in summary.submissions}
    yield ["what", "status", "why", "name"]
    for one in summary.ungraded:
        yield [one.student, one.status.value, one.message, names.get(one.student, "")]
    for absent in summary.absent:
        yield [absent.student, "nothing handed in", "", absent.name]
    for left in summary.left_out:
        yield [left.file, "left out", left.reason, ""]


def _csv(rows: Iterable[list[_Cell]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    for row in rows:
        writer.writerow(map(_text, row))
    return buffer.getvalue().encode("utf-8-sig")


def _text(cell: _Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless.csv_cell(cell)
    return wording.points(cell) if cell >= 0 else f"{cell:.2f}"
