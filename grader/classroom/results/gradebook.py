"""A class in figures: one report after the other is counted and let go.

Only a small row of each report stays in memory, so ten thousand take no more than ten.
"""

from __future__ import annotations

import csv
import io
import statistics
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from grader import harmless
from grader.class_results import (
    SUMMARY_VERSION,
    Bin,
    ExerciseCount,
    LeftOut,
    Misconception,
    Row,
    Run,
    Scores,
    Standing,
    Summary,
    Ungraded,
)
from grader.classroom.intake.handed import Handin, Left
from grader.classroom.results.check_sums import CheckTally
from grader.classroom.results.topics import Topics
from grader.classroom.results.writers import Writers, is_written
from grader.formats import wording, workbook
from grader.kit.assignment import Assignment
from grader.kit.exercises import ExerciseSpec
from grader.observed import Observed
from grader.report import Environment, Exercise, ExerciseStatus, Report, Status

_PARTS = 10
_SHOWN_LEFT = 1000
_STANDINGS = {status: Standing(status.value) for status in ExerciseStatus}


@dataclass
class _Exercise:
    statuses: Counter[ExerciseStatus] = field(default_factory=Counter)
    standings: Counter[Standing] = field(default_factory=Counter)
    points: float = 0.0
    wrote: int = 0
    missing: list[str] = field(default_factory=list)
    checks: dict[str, CheckTally] = field(default_factory=dict)


@dataclass
class _Misconception:
    text: str
    students: dict[str, None] = field(default_factory=dict)
    exercises: Counter[str] = field(default_factory=Counter)


@dataclass
class Tally:
    """Counts reports on the exercises of an assignment."""

    assignment: Assignment
    rows: list[Row] = field(default_factory=list)
    _names: tuple[str, ...] = field(init=False)
    _exercises: dict[str, _Exercise] = field(init=False)
    _misconceptions: dict[str, _Misconception] = field(default_factory=dict)
    _topics: Topics = field(default_factory=Topics)
    _writers: Writers = field(default_factory=Writers)
    _checks: int = 0

    def __post_init__(self) -> None:
        """Begin with nothing of each exercise."""
        self._names = self.assignment.names
        self._exercises = {name: _Exercise() for name in self._names}

    def add(
        self,
        report: Report,
        handin: Handin,
        paths: tuple[str, str],
        observed: Observed | None = None,
        evidence: str = "",
    ) -> None:
        """Count one report.

        paths: those of its file and its feedback page. observed: what is for instructors alone,
        and `evidence` is the path of it.
        """
        by_name = {exercise.name: exercise for exercise in report.exercises}
        graded = report.status is not Status.NOT_GRADED
        asked = [by_name.get(name) for name in self._names]
        points = tuple([0.0 if one is None else one.score for one in asked])
        standings = tuple([Standing.MISSING if one is None else _standing(one) for one in asked])
        failed: list[int] = []
        topics: dict[str, None] = {}
        if report.status is Status.GRADED:
            written = []
            for exercise in report.exercises:
                seen = observed.exercises.get(exercise.name) if observed is not None else None
                if self._count(handin.student, exercise, report.score or 0.0, failed):
                    written.append(exercise.name)
                    topics[self._topics.add(handin.student, exercise, seen)] = None
            self._writers.add(written)
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
                member_systems=handin.member_systems,
                ids=handin.ids,
                folder=handin.folder,
                timestamp=handin.timestamp,
                evidence=evidence if observed is not None else "",
                standings=standings if report.status is Status.GRADED else (),
                failed=tuple(failed),
                topics=tuple(key for key in topics if key),
                attempts=len(handin.superseded) + 1 if handin.superseded else 0,
            )
        )

    def _count(
        self,
        student: str,
        exercise: Exercise,
        score: float,
        failed: list[int],
    ) -> bool:
        """Count one exercise of a hand-in with this score, and say whether it was written.

        `failed` gets its failed checks.
        """
        if exercise.name not in self._exercises:
            self._exercises[exercise.name] = _Exercise()
        counted = self._exercises[exercise.name]
        standing = _standing(exercise)
        written = is_written(exercise)
        counted.wrote += written
        counted.statuses[exercise.status] += 1
        counted.standings[standing] += 1
        counted.points += exercise.score
        if exercise.status is ExerciseStatus.MISSING:
            counted.missing.append(student)
        for check in exercise.checks if written else ():
            tally = counted.checks.get(check.name)
            if tally is None:
                tally = CheckTally(self._checks, check.title, check.max_score)
                counted.checks[check.name] = tally
                self._checks += 1
            if tally.add(check, score):
                failed.append(tally.place)
        if exercise.diagnosis is not None:
            found = self._misconceptions.setdefault(
                exercise.diagnosis.id, _Misconception(exercise.diagnosis.text)
            )
            found.students[student] = None
            found.exercises[exercise.name] += 1
        return written

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
            warnings=tuple(filter(None, (wording.warning(environment),))),
            total=len(rows),
            statuses={status: statuses[status] for status in Status},
            scores=_scores(
                [row.score for row in rows if row.score is not None], self.assignment.max_score
            ),
            exercises=tuple(
                _exercise(spec, self._exercises[spec.name]) for spec in self.assignment.exercises
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
            topics=self._topics.topics(self._writers),
            alike=self._topics.alike(self._writers),
            title=self.assignment.title,
        )


def _columns(names: Iterable[str]) -> tuple[str, ...]:
    # Those that scripts rely on come first; more of them are only ever added behind.
    return ("student", "status", "score", "max_score", *names, "message", "name", "file", "late")


def grades_csv(rows: Iterable[Row], names: Sequence[str]) -> bytes:
    """`grades.csv`: one line per hand-in, in UTF-8; nothing in it is a formula.

    names: of the exercises, each of which has a column.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_columns(names))
    for row in rows:
        writer.writerow([_text(cell) for cell in _cells(row, len(names))])
    return buffer.getvalue().encode("utf-8")


def grades_workbook(rows: Iterable[Row], names: Sequence[str]) -> bytes:
    """The same as a workbook for Excel, whose language decides how CSV files are read."""
    return workbook.table("grades", _columns(names), (_cells(row, len(names)) for row in rows))


def _cells(row: Row, count: int) -> list[str | float | None]:
    points: list[float | None] = list(row.exercises) or [None] * count
    return [
        *(row.student, row.status.value, row.score, row.max_score),
        *points,
        *(row.message, row.name, row.file, "late" if row.late else ""),
    ]


def number(value: float) -> str:
    """A score for a table: `15`, `87.5`."""
    return wording.points(value)


def _text(cell: str | float | None) -> str:
    if isinstance(cell, str):
        return harmless.csv_cell(cell) if cell else ""
    return "" if cell is None else number(cell)


def _scores(scores: list[float], most: float) -> Scores:
    edges = tuple(most * part / _PARTS for part in range(_PARTS))
    counts = Counter(bisect_right(edges, score) - 1 for score in scores if score < most)
    highs = (*edges[1:], float(most))
    bins = [
        Bin(low, high, counts[place])
        for place, (low, high) in enumerate(zip(edges, highs, strict=True))
    ]
    full = sum(score >= most for score in scores)
    return Scores(
        count=len(scores),
        mean=round(statistics.fmean(scores), 2) if scores else None,
        median=round(statistics.median(scores), 2) if scores else None,
        lowest=min(scores, default=None),
        highest=max(scores, default=None),
        bins=(*bins, Bin(float(most), float(most), full)),
        quartiles=_quartiles(scores),
    )


def _quartiles(scores: list[float]) -> tuple[float, float] | None:
    if len(scores) < 2:
        return None
    lower, _, upper = statistics.quantiles(scores, n=4, method="inclusive")
    return round(lower, 2), round(upper, 2)


def _standing(exercise: Exercise) -> Standing:
    return Standing.UNWRITTEN if exercise.unwritten else _STANDINGS[exercise.status]


def _exercise(spec: ExerciseSpec, one: _Exercise) -> ExerciseCount:
    return ExerciseCount(
        name=spec.name,
        max_score=float(spec.points),
        mean=round(one.points / one.wrote, 2) if one.wrote else None,
        statuses={status: one.statuses[status] for status in ExerciseStatus},
        missing=tuple(sorted(one.missing)),
        checks=tuple(counted.counted(check) for check, counted in one.checks.items()),
        wrote=one.wrote,
        standings={standing: one.standings[standing] for standing in Standing},
    )
