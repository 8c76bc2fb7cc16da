"""A class in figures: one report after the other is counted and let go.

Only a small row of each report stays in memory, so ten thousand take no more than ten.
"""

from __future__ import annotations

import csv
import io
import statistics
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from grader.classroom.handed import Handin, Left
from grader.formats import harmless, wording, workbook
from grader.formats.class_summary import (
    SUMMARY_VERSION,
    Bin,
    CheckCount,
    ExerciseCount,
    LeftOut,
    Misconception,
    Row,
    Run,
    Scores,
    Summary,
    Ungraded,
)
from grader.report import CheckStatus, Environment, Exercise, ExerciseStatus, Report, Status
from grader.rubric.exercises import EXERCISES, MAX_SCORE

_NAMES = tuple(spec.name for spec in EXERCISES)
_EDGES = tuple(MAX_SCORE * part / 10 for part in range(10))
_SHOWN_LEFT = 1000


@dataclass
class _Check:
    title: str
    max_score: float
    passed: int = 0
    total: int = 0


@dataclass
class _Exercise:
    statuses: Counter[ExerciseStatus] = field(default_factory=Counter)
    points: float = 0.0
    missing: list[str] = field(default_factory=list)
    checks: dict[str, _Check] = field(default_factory=dict)


@dataclass
class _Misconception:
    text: str
    students: dict[str, None] = field(default_factory=dict)
    exercises: Counter[str] = field(default_factory=Counter)


@dataclass
class Tally:
    """Counts reports."""

    rows: list[Row] = field(default_factory=list)
    _exercises: dict[str, _Exercise] = field(
        default_factory=lambda: {name: _Exercise() for name in _NAMES}
    )
    _misconceptions: dict[str, _Misconception] = field(default_factory=dict)

    def add(self, report: Report, handin: Handin, paths: tuple[str, str]) -> None:
        """Count one report; `paths` are those of its file and its feedback page."""
        by_name = {exercise.name: exercise for exercise in report.exercises}
        graded = report.status is not Status.NOT_GRADED
        points = tuple(by_name[name].score if name in by_name else 0.0 for name in _NAMES)
        self.rows.append(
            Row(
                student=handin.student,
                name=handin.name,
                file=report.submission.file,
                status=report.status,
                score=report.score,
                max_score=report.max_score,
                exercises=points if graded else (),
                message=report.message,
                report=paths[0],
                feedback=paths[1],
                late=handin.late,
                members=handin.members,
                member_ids=handin.member_ids,
                ids=handin.ids,
                folder=handin.folder,
                timestamp=handin.timestamp,
            )
        )
        if report.status is Status.GRADED:
            for exercise in report.exercises:
                self._count(handin.student, exercise)

    def _count(self, student: str, exercise: Exercise) -> None:
        counted = self._exercises.setdefault(exercise.name, _Exercise())
        counted.statuses[exercise.status] += 1
        counted.points += exercise.score
        if exercise.status is ExerciseStatus.MISSING:
            counted.missing.append(student)
        for check in exercise.checks:
            one = counted.checks.setdefault(check.name, _Check(check.title, check.max_score))
            one.passed += check.status is CheckStatus.PASSED
            one.total += 1
        if exercise.diagnosis is not None:
            found = self._misconceptions.setdefault(
                exercise.diagnosis.id, _Misconception(exercise.diagnosis.text)
            )
            found.students[student] = None
            found.exercises[exercise.name] += 1

    def summary(
        self,
        *,
        layout: str,
        environment: Environment,
        left: Iterable[Left],
        others: tuple[str, ...],
        run: Run,
    ) -> Summary:
        """All that was counted."""
        rows = sorted(self.rows, key=lambda row: row.student)
        statuses = Counter(row.status for row in rows)
        most = sorted(self._misconceptions.items(), key=lambda one: (-len(one[1].students), one[0]))
        return Summary(
            summary_version=SUMMARY_VERSION,
            layout=layout,
            environment=environment,
            total=len(rows),
            statuses={status: statuses[status] for status in Status},
            scores=_scores([row.score for row in rows if row.score is not None]),
            exercises=tuple(
                _exercise(name, one, statuses[Status.GRADED])
                for name, one in self._exercises.items()
            ),
            misconceptions=tuple(
                Misconception(
                    id=name,
                    text=one.text,
                    count=len(one.students),
                    exercises=dict(sorted(one.exercises.items())),
                    students=tuple(sorted(one.students)),
                )
                for name, one in most
            ),
            ungraded=tuple(
                Ungraded(row.student, row.status, row.message)
                for row in rows
                if row.status is not Status.GRADED
            ),
            left_out=tuple(LeftOut(one.file, one.reason) for one in left)[:_SHOWN_LEFT],
            others=others,
            run=run,
            submissions=tuple(rows),
        )


# The columns that scripts rely on come first; more of them are only ever added behind.
_COLUMNS = ("student", "status", "score", "max_score", *_NAMES, "message", "name", "file", "late")


def grades_csv(rows: Iterable[Row]) -> bytes:
    """`grades.csv`: one line per hand-in, in UTF-8; nothing in it is a formula."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in rows:
        writer.writerow(
            harmless.csv_cell(cell)
            if isinstance(cell, str)
            else ("" if cell is None else number(cell))
            for cell in _cells(row)
        )
    return buffer.getvalue().encode("utf-8")


def grades_workbook(rows: Iterable[Row]) -> bytes:
    """The same as a workbook for Excel, whose language decides how CSV files are read."""
    return workbook.table("grades", _COLUMNS, map(_cells, rows))


def _cells(row: Row) -> list[str | float | None]:
    points: list[float | None] = list(row.exercises) or [None] * len(_NAMES)
    return [
        *(row.student, row.status.value, row.score, row.max_score),
        *points,
        *(row.message, row.name, row.file, "late" if row.late else ""),
    ]


def number(value: float) -> str:
    """A score for a table: `15`, `87.5`."""
    return wording.points(value)


def _scores(scores: list[float]) -> Scores:
    counts = Counter(bisect_right(_EDGES, score) - 1 for score in scores if score < MAX_SCORE)
    highs = (*_EDGES[1:], float(MAX_SCORE))
    bins = [
        Bin(low, high, counts[place])
        for place, (low, high) in enumerate(zip(_EDGES, highs, strict=True))
    ]
    full = sum(score >= MAX_SCORE for score in scores)
    return Scores(
        count=len(scores),
        mean=round(statistics.fmean(scores), 2) if scores else None,
        median=round(statistics.median(scores), 2) if scores else None,
        lowest=min(scores, default=None),
        highest=max(scores, default=None),
        bins=(*bins, Bin(float(MAX_SCORE), float(MAX_SCORE), full)),
    )


def _exercise(name: str, one: _Exercise, graded: int) -> ExerciseCount:
    worth = next((spec.points for spec in EXERCISES if spec.name == name), 0)
    return ExerciseCount(
        name=name,
        max_score=float(worth),
        mean=round(one.points / graded, 2) if graded else None,
        statuses={status: one.statuses[status] for status in ExerciseStatus},
        missing=tuple(sorted(one.missing)),
        checks=tuple(
            CheckCount(check, counted.title, counted.passed, counted.total, counted.max_score)
            for check, counted in one.checks.items()
        ),
    )
