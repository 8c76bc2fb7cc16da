"""A grader that does as the submission says: real processes, and no TensorFlow.

A submission is lines of `word value`:

    score 55        the score; exercises are filled from the front
    unwritten 2     how many of them are as the starter has them
    defines 3       how many of the six names it defines
    sleep 0.2       how long it takes
    die             the process is killed while grading it
    die-once FILE   the same, unless FILE is there; it is made first
    fault           the sandbox is lost while grading it
    fault-once FILE the same, once
    wait-for FILE   grading goes on when FILE is there
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.assignments.custom_losses.exercises import EXERCISES, MAX_SCORE
from grader.classroom.batch.pool_task import Dress, Page
from grader.classroom.batch.runner import Outcome
from grader.classroom.intake.handed import Handin, Intake
from grader.errors import FaultError, WorkerLost
from grader.report import (
    SCHEMA_VERSION,
    Check,
    CheckStatus,
    Diagnosis,
    Environment,
    Exercise,
    ExerciseStatus,
    Report,
    Status,
    SubmissionFile,
    Timing,
)
from grader.submission import Submission


def environment(rubric: str = "rubric-1") -> Environment:
    """What the fake's reports say."""
    return Environment("1.0", rubric, "3.11", "2.21", "3.15", "process")


def graded_class(count: int) -> tuple[Intake, Outcome]:
    """So many students, s00000 and on, all graded."""
    handins = tuple(Handin(f"s{number:05}") for number in range(count))
    outcome = Outcome(count, count, 0, environment(), (), (), interrupted=False)
    return Intake("plain", handins), outcome


def words(submission: Submission) -> dict[str, str]:
    """The lines of a submission."""
    text = (submission.data or b"").decode("utf-8", "replace")
    split = (line.partition(" ") for line in text.splitlines() if line.strip())
    return {word: value.strip() for word, _, value in split}


def report(
    submission: Submission,
    score: float,
    rubric: str = "rubric-1",
    *,
    status: Status = Status.GRADED,
) -> Report:
    """A report of a realistic shape with this score."""
    exercises = tuple(_exercises(score))
    return Report(
        schema_version=SCHEMA_VERSION,
        status=status,
        student=submission.student,
        submission=SubmissionFile(submission.file, submission.sha256),
        score=sum(exercise.score for exercise in exercises),
        max_score=float(MAX_SCORE),
        message="6 exercises" if status is Status.GRADED else "is no notebook",
        exercises=exercises,
        notes=("a note of the grader",),
        environment=environment(rubric),
        timing=Timing(time.monotonic(), 0.1),
    )


def with_unwritten(made: Report, count: int) -> Report:
    """The report, with so many of the last exercises not written yet."""
    written = len(made.exercises) - count
    rest = (msgspec.structs.replace(each, unwritten=True) for each in made.exercises[written:])
    return msgspec.structs.replace(made, exercises=(*made.exercises[:written], *rest))


def page(graded: Report) -> str:
    """What the fake's feedback page says."""
    return "<p>".join(["<!doctype html>", graded.student or "", *graded.notes])


def without_score(graded: Report) -> Report:
    """The report of somebody whom the grader failed."""
    return msgspec.structs.replace(
        graded, status=Status.NOT_GRADED, score=None, exercises=(), message="the grader failed"
    )


def _exercises(score: float) -> Iterable[Exercise]:
    left = score
    for spec in EXERCISES:
        got = min(float(spec.points), left)
        left -= got
        half = spec.points / 2
        checks = tuple(
            Check(
                name,
                title,
                CheckStatus.PASSED if lost <= 0 else CheckStatus.FAILED,
                max(0.0, half - max(0.0, lost)),
                half,
                "" if lost <= 0 else "the values are wrong",
            )
            for name, title, lost in (
                ("small_errors", "small errors cost their square", half - got),
                ("large_errors", "large errors grow linearly", spec.points - got),
            )
        )
        if got == spec.points:
            status = ExerciseStatus.PASSED
        elif got:
            status = ExerciseStatus.PARTIAL
        else:
            status = ExerciseStatus.FAILED
        diagnosis = None
        if status is ExerciseStatus.PARTIAL:
            diagnosis = Diagnosis(
                "half-missing", "the half of the square is missing", ("small_errors",)
            )
        yield Exercise(spec.name, status, got, float(spec.points), (4,), "", diagnosis, checks)


@dataclass(frozen=True)
class Make:
    """Makes the fake. broken: it can't be made at all. log: a line there for each grading."""

    rubric: str = "rubric-1"
    log: str = ""
    broken: bool = False
    feedback: bool = False

    def __call__(self) -> FakeGrader:
        """A fake grader."""
        if self.broken:
            raise FaultError("isolation 'bubblewrap' does not work here")
        return FakeGrader(self)


@dataclass(frozen=True)
class FakeGrader:
    """Grades by doing what the submission says."""

    made: Make

    def environment(self) -> Environment:
        """What its reports say."""
        return environment(os.environ.get("FAKE_RUBRIC", self.made.rubric))

    def defined(self, submission: Submission) -> int:
        """What the submission says."""
        return int(words(submission).get("defines", "-1"))

    def grade(self, submission: Submission, dress: Dress) -> Page:
        """A report with the score that the submission says."""
        said = words(submission)
        if self.made.log:
            with Path(self.made.log).open("a", encoding="utf-8") as log:
                log.write(f"{submission.student}\n")
        time.sleep(float(said.get("sleep", "0")))
        while "wait-for" in said and not Path(said["wait-for"]).exists():
            time.sleep(0.02)
        if "die" in said or _first_time(said.get("die-once")):
            os.kill(os.getpid(), signal.SIGKILL)
        if "fault" in said or _first_time(said.get("fault-once")):
            raise WorkerLost("the worker stopped answering")
        status = Status.GRADED if "score" in said else Status.UNREADABLE
        score = float(said.get("score", "0"))
        made = report(submission, score, self.made.rubric, status=status)
        made = with_unwritten(made, int(said.get("unwritten", "0")))
        graded = dress(made)
        return Page(graded, page(graded) if self.made.feedback else "")

    def close(self) -> None:
        """Nothing is open."""


def _first_time(mark: str | None) -> bool:
    if mark is None:
        return False
    try:
        Path(mark).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True
