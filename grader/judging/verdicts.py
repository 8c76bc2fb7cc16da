"""From outcomes to points and words: the verdict on an exercise, and on a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from grader.judging.marks import with_slip
from grader.judging.mending import words as slip_words
from grader.judging.mending.finding import Mended
from grader.judging.reasons import explaining
from grader.judging.reasons.quoting import Quoting
from grader.judging.rubric_run import Outcome, table
from grader.judging.trying.time_limits import MAX_LOSSES
from grader.kit.assignment import Assignment
from grader.kit.attempt import Diagnosed
from grader.kit.checks import CheckRow
from grader.kit.exercises import Kind
from grader.kit.slips import SlipPolicy
from grader.report import (
    Check,
    CheckStatus,
    Diagnosis,
    Evidence,
    Exercise,
    ExerciseStatus,
    Place,
    Slip,
)
from grader.sandbox import Lost
from grader.words import checks_passed, in_words
from grader.worker import wire

_LOSING = (CheckStatus.TIMEOUT, CheckStatus.CRASHED)
BUILTIN = (
    "It hands the work to a built-in loss. The exercise is to write the formula yourself, so it "
    "earns nothing this way."
)

# What an exercise asks for, by its kind.
_ASKED = {Kind.FUNCTION: "a function", Kind.WRAPPER: "a function", Kind.CLASS: "a class"}

# Why there are points in part, where nothing can be shown for them.
UNPLACED = (
    "One small change would put this right, but it could be made in several places, so none is "
    "shown; the points in part are for what the answer would then pass."
)


@dataclass(frozen=True)
class Sight:
    """All that was seen of one exercise; empty if its name was not found."""

    definition: wire.Definition | None = None
    lost: Lost | None = None
    outcomes: tuple[Outcome, ...] = ()
    builtin_used: bool = False
    diagnosis: Diagnosed | None = None
    besides: tuple[str, ...] = ()
    mended: Mended | None = None


def exercise(
    assignment: Assignment, finding: wire.Finding, sight: Sight, *, evidence: bool
) -> Exercise:
    """The verdict on one exercise: as it stands, or as mended less its slip, if that is more."""
    policy = assignment.slips
    verdict = _as_it_stands(assignment, finding, sight, evidence=evidence)
    if sight.mended is not None:
        verdict = msgspec.structs.replace(verdict, slip=_slip(assignment, finding, sight))
    unrunnable = verdict.status in (ExerciseStatus.MISSING, ExerciseStatus.BROKEN)
    if (
        sight.mended is None
        or (unrunnable and not policy.unrunnable_keeps)
        or _is_no_slip(sight, policy)
    ):
        return verdict
    checks = with_slip(
        verdict.checks,
        _passing(sight.mended),
        policy.cost_of(sight.mended.kind) * verdict.max_score,
    )
    score = sum(check.score for check in checks)
    status = verdict.status if unrunnable else _status(score, verdict.max_score)
    message = verdict.message
    if verdict.slip is None and score > verdict.score:
        # Where something stops, the message says why already.
        stops = any(check.status is CheckStatus.ERROR for check in checks)
        hint = "" if stops else slip_words.unplaced(sight.mended)
        message = " ".join(filter(None, (message, UNPLACED, hint)))
    return msgspec.structs.replace(
        verdict, checks=checks, score=score, status=status, message=message
    )


def _slip(assignment: Assignment, finding: wire.Finding, sight: Sight) -> Slip | None:
    if sight.mended is None:
        return None
    definition = sight.definition
    known = Quoting.of(definition) if definition is not None else Quoting(frozenset())
    return slip_words.told(
        sight.mended,
        assignment.spec(finding.name),
        known.may_be_said,
        diagnosed=sight.diagnosis is not None,
    )


def _is_no_slip(sight: Sight, policy: SlipPolicy) -> bool:
    """Whether what the exercise is about is missing, however small the edit that brings it."""
    fine = (CheckStatus.PASSED, CheckStatus.SKIPPED)
    failed = [outcome.row.part for outcome in sight.outcomes if outcome.status not in fine]
    return bool(failed) and failed[0] in policy.never_for


def _as_it_stands(
    assignment: Assignment, finding: wire.Finding, sight: Sight, *, evidence: bool
) -> Exercise:
    spot = explaining.place(finding.spot)
    if finding.state != "found":
        status = ExerciseStatus.MISSING if finding.state == "missing" else ExerciseStatus.BROKEN
        hint = finding.hint or f"The name {finding.name} is defined nowhere in the notebook."
        return _nothing(assignment, finding.name, status, hint, finding.cells, spot)
    if not sight.outcomes:
        message, place = _why_undefined(assignment, finding, sight)
        broken = _nothing(
            assignment, finding.name, ExerciseStatus.BROKEN, message, finding.cells, place or spot
        )
        raised = sight.definition.raised if sight.definition is not None else None
        return msgspec.structs.replace(broken, unwritten=explaining.is_unwritten(raised))
    checks = _checks(sight, spot, assignment.explained, evidence=evidence)
    score = sum(check.score for check in checks)
    highest = assignment.spec(finding.name).points
    return Exercise(
        name=finding.name,
        status=_status(score, highest),
        score=score,
        max_score=float(highest),
        cells=finding.cells,
        message=_exercise_message(checks, sight),
        diagnosis=_diagnosis(sight, assignment.explained),
        checks=checks,
        unwritten=_is_unwritten(sight),
    )


def nothing_found(assignment: Assignment) -> tuple[Exercise, ...]:
    """The exercises of a file that is no notebook."""
    return tuple(
        _nothing(assignment, spec.name, ExerciseStatus.MISSING, "The notebook could not be read.")
        for spec in assignment.exercises
    )


def summary(exercises: Sequence[Exercise]) -> str:
    """One line on the notebook as a whole."""
    score = sum(exercise.score for exercise in exercises)
    many, noun = in_words(len(exercises)), "exercise" if len(exercises) == 1 else "exercises"
    if all(exercise.status is ExerciseStatus.PASSED for exercise in exercises):
        return f"All {many} {noun} are right." if len(exercises) > 1 else "The exercise is right."
    if score == 0:
        if all(exercise.status is ExerciseStatus.MISSING for exercise in exercises):
            return f"None of the {many} {noun} is in this notebook."
        return "Nothing counts yet. Each exercise says below what it needs."
    groups = []
    for status, words in (
        (ExerciseStatus.PASSED, "right"),
        (ExerciseStatus.PARTIAL, "partly right"),
        (ExerciseStatus.FAILED, "not right yet"),
        (ExerciseStatus.MISSING, "missing"),
        (ExerciseStatus.BROKEN, "can't be run"),
    ):
        count = sum(exercise.status is status for exercise in exercises)
        if count:
            groups.append(f"{count} {words}")
    return f"Of {many} {noun}: {', '.join(groups)}."


def _status(score: float, highest: float) -> ExerciseStatus:
    if score == highest:
        return ExerciseStatus.PASSED
    return ExerciseStatus.PARTIAL if score > 0 else ExerciseStatus.FAILED


def _checks(
    sight: Sight, spot: Place | None, explained: frozenset[str], *, evidence: bool
) -> tuple[Check, ...]:
    checks, losses = [], 0
    for seen in sight.outcomes:
        counted = seen
        if sight.builtin_used:
            counted = Outcome(seen.row, CheckStatus.FAILED, BUILTIN, seen.place)
        elif seen.advice and not _is_explained(seen, sight, explained):
            counted = replace(seen, message=f"{seen.message} {seen.advice}")
        elif seen.status in _LOSING:
            losses += 1
            if losses > MAX_LOSSES:
                words = f"Not run: the exercise ran too long or died {MAX_LOSSES} times before."
                counted = Outcome(seen.row, CheckStatus.SKIPPED, words)
        checks.append(_check(counted, spot, evidence=evidence))
    return tuple(checks)


def _is_explained(outcome: Outcome, sight: Sight, explained: frozenset[str]) -> bool:
    """Whether a slip or a misconception says what is wrong, better than a check can."""
    if sight.diagnosis is not None and outcome.row.name in explained:
        return True
    slip = sight.mended
    return slip is not None and bool(slip.spans) and outcome.row.name in _passing(slip)


def _is_unwritten(sight: Sight) -> bool:
    """Whether all that was tried came to the line that the starter has in place of an answer."""
    made = [seen for seen in sight.outcomes if seen.status is not CheckStatus.SKIPPED]
    return bool(made) and all(seen.unwritten for seen in made) and not sight.builtin_used


def _passing(mended: Mended) -> set[str]:
    """The checks that an answer passes once it is mended."""
    return {
        outcome.row.name
        for outcome in mended.trial.outcomes
        if outcome.status is CheckStatus.PASSED
    }


def _check(outcome: Outcome, spot: Place | None, *, evidence: bool) -> Check:
    row, passed = outcome.row, outcome.status is CheckStatus.PASSED
    shown = Evidence(outcome.evidence) if evidence and outcome.evidence else None
    kept = {} if shown is None else {"evidence": shown}
    return Check(
        name=row.name,
        title=row.title,
        status=outcome.status,
        score=row.points if passed else 0.0,
        max_score=row.points,
        message=outcome.message,
        line=None if passed or outcome.status is CheckStatus.SKIPPED else outcome.place or spot,
        **kept,
    )


def _exercise_message(checks: Sequence[Check], sight: Sight) -> str:
    failing = [check for check in checks if check.status is not CheckStatus.PASSED]
    if not failing:
        return ""
    if sight.builtin_used:
        return BUILTIN
    told = [check.message for check in failing if check.status is not CheckStatus.SKIPPED]
    if len(failing) == len(checks) and told and len(set(told)) == 1:
        return told[0]
    words = checks_passed(len(checks) - len(failing), len(checks))
    if len(failing) == len(checks):
        words = f"No check is passed yet. Begin with the first: {checks[0].title}."
        if sight.mended is not None and sight.mended.trial.perfect:
            words = "One slip is behind all of this: with it mended every check would be passed."
    return " ".join([words, *(f"Besides, {each}" for each in sight.besides)])


def _diagnosis(sight: Sight, explained: frozenset[str]) -> Diagnosis | None:
    known = sight.diagnosis
    if known is None or sight.builtin_used:
        return None
    return Diagnosis(known.id, known.text, tuple(sorted(explained)))


def _why_undefined(
    assignment: Assignment, finding: wire.Finding, sight: Sight
) -> tuple[str, Place | None]:
    """Why a name that is bound somewhere has no callable value in the end."""
    if sight.lost is not None:
        return f"Its definition can't be executed. {explaining.lost(sight.lost)}", None
    definition = sight.definition
    if definition is None or definition.what == "unbound":
        if definition is None or (raised := definition.raised) is None:
            return f"After all cells have run, the name {finding.name} has no value.", None
        quoting = Quoting.of(definition, assignment.spec(finding.name), assignment.causes)
        words = explaining.raised(raised, quoting, early=True, when="defined")
        return f"Its definition can't be executed. {words}", explaining.place(raised.spot)
    kind = Quoting.of(definition).type_name(definition.type_name)
    what = _ASKED[assignment.spec(finding.name).kind]
    words = (
        f"In the end {finding.name} is an object of type {kind}, and nothing that can be called. "
        f"The exercise asks for {what} of that name. The last cell that gives the name a value is "
        "the one that counts."
    )
    return words, None


def _nothing(
    assignment: Assignment,
    name: str,
    status: ExerciseStatus,
    message: str,
    cells: tuple[int, ...] = (),
    place: Place | None = None,
) -> Exercise:
    rows: list[CheckRow] = [row for row in table(assignment) if row.exercise == name]
    checks = tuple(
        Check(row.name, row.title, CheckStatus.SKIPPED, 0.0, row.points, "", place) for row in rows
    )
    return Exercise(
        name, status, 0.0, float(assignment.spec(name).points), cells, message, None, checks
    )
