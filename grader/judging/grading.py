"""One submission -> one report.

All exercises are tried together in one child first: that is all a right notebook costs.
Whatever is not perfect there is run again, each exercise in a child of its own, and that
second run counts. So no exercise can cost another, and a right notebook is graded fast.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata

from grader.judging import explaining, pictures, verdicts
from grader.judging.asked import MAX_LOSSES, AskedLoss, Budget, defined, opened
from grader.judging.rubric_run import Outcome, rubric_hash, run
from grader.judging.submission import MAX_BYTES, Submission
from grader.report import (
    SCHEMA_VERSION,
    CheckStatus,
    Environment,
    Exercise,
    Place,
    Report,
    Status,
    SubmissionFile,
    Timing,
)
from grader.rubric.asking import NoAnswer, NotReached
from grader.rubric.attempt import Attempt
from grader.rubric.exercises import BY_NAME, EXERCISES, MAX_SCORE
from grader.rubric.misconceptions import Misconception
from grader.sandbox import Child, Lost, Sandbox
from grader.worker import wire

NAMES = tuple(spec.name for spec in EXERCISES)
PICTURE_SECONDS = 20.0
_USABLE = ("function", "class", "other callable")


@dataclass(frozen=True)
class Graded:
    """A report and, if they were asked for, the notebook's cells and what a page draws.

    places: where each name is defined.
    """

    report: Report
    cells: tuple[wire.Cell, ...] = ()
    pictures: tuple[pictures.ExercisePictures, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)


@cache
def grader_version() -> str:
    """The version of this grader."""
    return metadata.version("custom-loss-grader")


def grade(
    submission: Submission, sandbox: Sandbox, *, evidence: bool = False, show_cells: bool = False
) -> Graded:
    """Grade one submission.

    evidence: put inputs and numbers into the report, for instructors. show_cells: give
    back what a feedback page shows: the notebook's cells, and pictures.
    Raises FaultError when the grader itself could not do its work.
    """
    started, burnt = time.monotonic(), time.process_time()
    with ExitStack() as stack:
        grading = _Grading(submission, sandbox, stack)
        marks = grading.marks(evidence=evidence, show_cells=show_cells)
        used = sum(child.usage for child in grading.children)
    timing = Timing(
        wall_seconds=round(time.monotonic() - started, 3),
        cpu_seconds=round(time.process_time() - burnt + used, 3),
    )
    report = _report(submission, sandbox, marks, timing)
    return Graded(report, marks.cells, marks.pictures, marks.places)


@dataclass(frozen=True)
class _Marks:
    """What is known of a notebook once all was tried."""

    status: Status
    message: str
    exercises: tuple[Exercise, ...] = ()
    notes: tuple[str, ...] = ()
    cells: tuple[wire.Cell, ...] = ()
    pictures: tuple[pictures.ExercisePictures, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass
class _Trial:
    """One exercise, tried once: its definition, its attempt, its outcomes."""

    definition: wire.Definition | None = None
    lost: Lost | None = None
    loss: AskedLoss | None = None
    attempt: Attempt | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    alone: bool = False

    @property
    def perfect(self) -> bool:
        return bool(self.outcomes) and all(
            outcome.status is CheckStatus.PASSED for outcome in self.outcomes
        )


class _Grading:
    """The work on one submission. Children are closed with `stack`."""

    def __init__(self, submission: Submission, sandbox: Sandbox, stack: ExitStack) -> None:
        self._notebook = submission.data
        self._sandbox, self._stack = sandbox, stack
        self._budget = Budget()
        self.children: list[Child] = []

    def marks(self, *, evidence: bool, show_cells: bool) -> _Marks:
        """Try everything and say what came out."""
        if self._notebook is None:
            limit = MAX_BYTES // 2**20
            return _unreadable(
                f"The file is larger than {limit} MB. Clear the notebook's outputs and hand it in "
                "again."
            )
        child = self._open()
        contents = opened(child, self._notebook, NAMES, show_cells=show_cells)
        if isinstance(contents, wire.Unreadable):
            return _unreadable(contents.reason)
        findings = {found.name: found for found in contents.findings}
        names = [name for name in NAMES if findings[name].state == "found"]
        trials = self._together(child, names)
        imperfect = [name for name in names if not trials[name].perfect]
        if len(names) > 1:
            trials |= self._alone(imperfect)
        exercises = tuple(
            verdicts.exercise(
                findings[spec.name],
                self._sight(trials.get(spec.name)),
                self._notebook,
                evidence=evidence,
            )
            for spec in EXERCISES
        )
        spots = {name: explaining.place(found.spot) for name, found in findings.items()}
        return _Marks(
            Status.GRADED,
            verdicts.summary(exercises),
            exercises,
            contents.notes,
            contents.cells,
            self._pictures(trials) if show_cells else (),
            {name: spot for name, spot in spots.items() if spot is not None},
        )

    def _open(self) -> Child:
        child = self._stack.enter_context(self._sandbox.open())
        self.children.append(child)
        return child

    def _pictures(self, trials: Mapping[str, _Trial]) -> tuple[pictures.ExercisePictures, ...]:
        """What there is to draw, once nothing can change a verdict any more."""
        budget = Budget(PICTURE_SECONDS)
        drawn = []
        for name, trial in trials.items():
            # An answer that has cost a child is not asked again.
            if trial.attempt is None or trial.loss is None or trial.loss.losses:
                continue
            if trial.loss.builtin_used or budget.spent:
                continue
            if not trial.alone and not self.children[0].alive:
                trial.attempt = self._revived(name, trial.attempt)
            drawn.append(pictures.taken(trial.attempt, lambda: budget.spent))
        return tuple(drawn)

    def _revived(self, name: str, attempt: Attempt) -> Attempt:
        """The same attempt in another child, when its first one was lost to another exercise."""
        assert self._notebook is not None
        child = self._reopen(name)
        defined(child, (name,))
        loss = AskedLoss(
            BY_NAME[name], lambda: child, self._notebook, attempt.loss_base, self._budget
        )
        again = Attempt(BY_NAME[name], loss)
        again.trained = attempt.trained
        return again

    # Trying --------------------------------------------------------------------------------

    def _together(self, child: Child, names: list[str]) -> dict[str, _Trial]:
        """All exercises in one child, for as long as it lives."""
        if not names:
            return {}
        reply = defined(child, tuple(names))
        trials = self._trials(names, reply)
        self._run(trials, lambda _: child)
        return trials

    def _alone(self, names: list[str]) -> dict[str, _Trial]:
        """Each exercise in a child of its own; a new one whenever it is lost."""
        trials: dict[str, _Trial] = {}
        homes: dict[str, Child] = {}
        for name in names:
            homes[name] = self._reopen(name)
            reply = defined(homes[name], (name,))
            trials |= self._trials([name], reply)
            trials[name].alone = True

        def home(name: str) -> Child:
            if not homes[name].alive:
                homes[name] = self._reopen(name)
                if isinstance(lost := defined(homes[name], (name,)), Lost):
                    raise explaining.lost(lost)
            return homes[name]

        self._run(trials, home)
        return trials

    def _reopen(self, name: str) -> Child:
        assert self._notebook is not None
        child = self._open()
        opened(child, self._notebook, (name,))
        return child

    def _trials(self, names: Iterable[str], reply: wire.Defined | Lost) -> dict[str, _Trial]:
        if isinstance(reply, Lost):
            return {name: _Trial(lost=reply) for name in names}
        return {each.name: _Trial(definition=each) for each in reply.definitions}

    def _run(self, trials: dict[str, _Trial], home) -> None:  # type: ignore[no-untyped-def]
        """Run the checks of all exercises that are defined."""
        assert self._notebook is not None
        usable = [
            name
            for name, trial in trials.items()
            if trial.definition is not None and trial.definition.what in _USABLE
        ]
        for name in usable:
            trial = trials[name]
            assert trial.definition is not None
            trial.loss = AskedLoss(
                BY_NAME[name],
                lambda name=name: home(name),
                self._notebook,
                trial.definition.loss_base,
                self._budget,
            )
            trial.attempt = Attempt(BY_NAME[name], trial.loss)
        for outcome in run(usable, lambda name: trials[name].attempt) if usable else ():
            trials[outcome.row.exercise].outcomes.append(outcome)

    def _sight(self, trial: _Trial | None) -> verdicts.Sight:
        """What the verdict on an exercise is made of."""
        if trial is None:
            return verdicts.Sight()
        return verdicts.Sight(
            definition=trial.definition,
            lost=trial.lost,
            outcomes=tuple(trial.outcomes),
            builtin_used=trial.loss is not None and trial.loss.builtin_used,
            diagnosis=self._diagnosis(trial),
        )

    def _diagnosis(self, trial: _Trial) -> Misconception | None:
        """The misconception behind a wrong answer; none where the child is lost over it."""
        if trial.attempt is None or trial.loss is None or trial.perfect:
            return None
        if trial.loss.losses >= MAX_LOSSES or self._budget.spent:
            return None
        try:
            return trial.attempt.diagnosis()
        except (NoAnswer, NotReached):
            return None


def _unreadable(reason: str) -> _Marks:
    return _Marks(Status.UNREADABLE, reason, verdicts.nothing_found())


def _report(submission: Submission, sandbox: Sandbox, marks: _Marks, timing: Timing) -> Report:
    versions = sandbox.versions
    return Report(
        schema_version=SCHEMA_VERSION,
        status=marks.status,
        student=submission.student,
        submission=SubmissionFile(submission.file, submission.sha256),
        score=sum(exercise.score for exercise in marks.exercises),
        max_score=float(MAX_SCORE),
        message=marks.message,
        exercises=marks.exercises,
        notes=marks.notes,
        environment=Environment(
            grader=grader_version(),
            rubric=rubric_hash(),
            python=versions.python,
            tensorflow=versions.tensorflow,
            keras=versions.keras,
            isolation=sandbox.tier.value,
        ),
        timing=timing,
    )
