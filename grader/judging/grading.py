"""One submission -> one report.

All exercises are tried together in one child first: that is all a right notebook costs.
Whatever is not perfect there is run again, each exercise in a child of its own, and that
second run counts. So no exercise can cost another, and a right notebook is graded fast.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata

from grader.judging import verdicts
from grader.judging.fingerprint import code_hash
from grader.judging.mending.finding import Mended, find_slip
from grader.judging.reasons import explaining
from grader.judging.rubric_run import rubric_hash
from grader.judging.showing import likeness, pictures
from grader.judging.trying.opening import opened
from grader.judging.trying.time_limits import Budget
from grader.judging.trying.trials import Trial, Trying
from grader.kit.assignment import Assignment
from grader.kit.elementwise.attempt import ElementwiseAttempt
from grader.kit.pictures import ExercisePictures
from grader.observed import ObservedExercise
from grader.report import (
    SCHEMA_VERSION,
    AssignmentRef,
    Environment,
    Exercise,
    Place,
    Report,
    Status,
    SubmissionFile,
    Timing,
)
from grader.sandbox import Child, Sandbox
from grader.submission import MAX_BYTES, Submission
from grader.worker import wire

PICTURE_SECONDS = 20.0


@dataclass(frozen=True)
class Graded:
    """A report and, if they were asked for, the notebook's cells and what a page draws.

    places: where each name is defined. observed: what is for instructors alone.
    """

    report: Report
    cells: tuple[wire.Cell, ...] = ()
    pictures: tuple[ExercisePictures, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    observed: Mapping[str, ObservedExercise] = field(default_factory=dict)


@cache
def grader_version() -> str:
    """The version of this grader."""
    return metadata.version("custom-loss-grader")


def grade(
    submission: Submission,
    sandbox: Sandbox,
    assignment: Assignment,
    *,
    evidence: bool = False,
    show_cells: bool = False,
) -> Graded:
    """Grade one submission of an assignment.

    evidence: put inputs and numbers into the report, for instructors. show_cells: give
    back what a feedback page shows: the notebook's cells, and pictures.
    Raises FaultError when the grader itself could not do its work.
    """
    started, burnt = time.monotonic(), time.process_time()
    with ExitStack() as stack:
        trying = Trying(assignment, submission.data or b"", sandbox, stack, Budget())
        marks = _marks(submission, trying, evidence=evidence, show_cells=show_cells)
        used = sum(child.usage for child in trying.children)
    timing = Timing(
        wall_seconds=round(time.monotonic() - started, 3),
        cpu_seconds=round(time.process_time() - burnt + used, 3),
    )
    report = _report(submission, sandbox, assignment, marks, timing)
    return Graded(report, marks.cells, marks.pictures, marks.places, marks.observed)


@dataclass(frozen=True)
class _Marks:
    """What is known of a notebook once all was tried."""

    status: Status
    message: str
    exercises: tuple[Exercise, ...] = ()
    notes: tuple[str, ...] = ()
    cells: tuple[wire.Cell, ...] = ()
    pictures: tuple[ExercisePictures, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    observed: Mapping[str, ObservedExercise] = field(default_factory=dict)


def _marks(submission: Submission, trying: Trying, *, evidence: bool, show_cells: bool) -> _Marks:
    """Try everything and say what came out."""
    assignment = trying.assignment
    if submission.data is None:
        limit = MAX_BYTES // 2**20
        return _unreadable(
            assignment,
            f"The file is larger than {limit} MB. Clear the outputs and hand it in again.",
        )
    child = trying.open()
    contents = opened(
        child,
        submission.data,
        assignment.names,
        show_cells=show_cells,
        forbidden=assignment.forbidden,
    )
    if isinstance(contents, wire.Unreadable):
        return _unreadable(assignment, contents.reason)
    findings = {found.name: found for found in contents.findings}
    names = [name for name in assignment.names if findings[name].state == "found"]
    trials = trying.together(child, names)
    if len(names) > 1 or not child.alive:
        trials |= trying.alone([name for name in names if not trials[name].perfect])
    if contents.switches:
        trials |= trying.switched(trials)
    slips = _slips(trying, trials, child)
    exercises = tuple(
        verdicts.exercise(
            assignment,
            findings[name],
            _sight(trials.get(name), slips.get(name)),
            evidence=evidence,
        )
        for name in assignment.names
    )
    spots = {name: explaining.place(found.spot) for name, found in findings.items()}
    return _Marks(
        Status.GRADED,
        verdicts.summary(exercises),
        exercises,
        contents.notes,
        contents.cells,
        _pictures(trying, trials) if show_cells else (),
        {name: spot for name, spot in spots.items() if spot is not None},
        {
            name: _observed(findings[name], trials.get(name), assignment)
            for name in assignment.names
        },
    )


def _slips(trying: Trying, trials: Mapping[str, Trial], child: Child) -> dict[str, Mended]:
    """The exercises that one small edit makes right, those under another name among them."""
    slips = {}
    for name in trying.assignment.names:
        trial = trials.get(name)
        if trial is None or not trial.perfect:
            found = find_slip(trying, name, trial, child)
            if found is not None:
                slips[name] = found
    return slips


def _observed(
    finding: wire.Finding, trial: Trial | None, assignment: Assignment
) -> ObservedExercise:
    """Marks to compare hand-ins by, and what is behind each lost point."""
    if trial is None:
        return ObservedExercise(code=finding.code)
    evidence = {one.row.name: one.evidence for one in trial.outcomes if one.evidence}
    values = ""
    # The marks are made. Whatever goes wrong here costs a comparison.
    with suppress(Exception):
        values = likeness.values(trial, assignment)
    return ObservedExercise(values, finding.code, evidence)


def _sight(trial: Trial | None, mended: Mended | None) -> verdicts.Sight:
    """What the verdict on an exercise is made of."""
    if trial is None:
        return verdicts.Sight(mended=mended)
    return verdicts.Sight(
        definition=trial.definition,
        lost=trial.lost,
        outcomes=trial.outcomes,
        builtin_used=trial.loss is not None and trial.loss.builtin_used,
        diagnosis=trial.diagnosis,
        besides=trial.besides,
        mended=mended,
    )


def _pictures(trying: Trying, trials: Mapping[str, Trial]) -> tuple[ExercisePictures, ...]:
    """What there is to draw, once nothing can change a verdict any more."""
    budget = Budget(PICTURE_SECONDS)
    drawn = []
    for name, trial in trials.items():
        # An answer that has cost a child is not asked again.
        attempt = trial.attempt
        if not isinstance(attempt, ElementwiseAttempt) or trial.loss is None or trial.loss.losses:
            continue
        if trial.loss.builtin_used or budget.spent:
            continue
        # The marks are made. Whatever goes wrong here costs a picture.
        with suppress(Exception):
            # Of one that is right in everything nothing is asked, so it can be any.
            unspoiled = attempt if trial.perfect else trying.unspoiled(name, trial)
            if not isinstance(unspoiled, ElementwiseAttempt):
                continue
            drawn.append(
                pictures.taken(attempt, unspoiled, right=trial.perfect, enough=lambda: budget.spent)
            )
    return tuple(drawn)


def _unreadable(assignment: Assignment, reason: str) -> _Marks:
    return _Marks(Status.UNREADABLE, reason, verdicts.nothing_found(assignment))


def _report(
    submission: Submission,
    sandbox: Sandbox,
    assignment: Assignment,
    marks: _Marks,
    timing: Timing,
) -> Report:
    versions = sandbox.versions
    return Report(
        schema_version=SCHEMA_VERSION,
        status=marks.status,
        student=submission.student,
        submission=SubmissionFile(submission.file, submission.sha256),
        score=sum(exercise.score for exercise in marks.exercises),
        max_score=float(assignment.max_score),
        message=marks.message,
        exercises=marks.exercises,
        notes=marks.notes,
        environment=Environment(
            grader=grader_version(),
            rubric=rubric_hash(assignment),
            python=versions.python,
            tensorflow=versions.tensorflow,
            keras=versions.keras,
            isolation=sandbox.tier.value,
            code=code_hash(),
            numpy=metadata.version("numpy"),
        ),
        timing=timing,
        assignment=AssignmentRef(assignment.name, rubric_hash(assignment)),
    )
