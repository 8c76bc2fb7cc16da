"""Validates the assignment and the rubric: does the grader tell right from wrong?

The reference notebook must score 100 and the untouched starter 0, right variants full
points, and known mistakes must lose what they say and nothing else. From what the mistakes
lost follows what each check is worth: one that is never alone in catching a mistake has to
have a reason to be there, in `solutions/kept.toml`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import msgspec

from grader.authoring import marks, slips, variants
from grader.authoring.many import Notebook, Progress, grade_all
from grader.authoring.marks import Marked, Reading
from grader.authoring.mutation import faults, token_mutants
from grader.authoring.mutation.token_mutants import TokenMutant
from grader.authoring.variants import Variant
from grader.errors import UsageError
from grader.judging import rubric_table
from grader.kit.assignment import Assignment
from grader.report import CheckStatus, ExerciseStatus, Report
from grader.sandbox import Sandbox
from grader.validation_results import (
    KEPT,
    NO_READINGS,
    Agreement,
    Diagnoses,
    Item,
    Subject,
    Validation,
)

# How many faults of each width are drawn.
FAULTS = 50
TOKEN_MUTANTS, SEED = 240, 20


def validate(
    assignment: Assignment,
    project: Path,
    sandbox: Sandbox,
    *,
    mutants: bool = False,
    jobs: int = 1,
    on_progress: Progress | None = None,
) -> Validation:
    """Grade all that the project has an expectation for.

    mutants: also change the reference in every systematic way, change tokens and lines of right
    answers, and draw ten times as many faults, which takes minutes. jobs:
    how many processes grade. Raises UsageError if the project's files can't be read, and
    FaultError if the grader could not do its work.
    """
    sources = assignment.sources
    known = variants.load(assignment, project)
    solutions = project / sources.solutions
    kept = _kept(solutions / KEPT, {spec.topic for spec in assignment.exercises})
    # A folder of one's own need not say what each mistake deserves, nor why each check is there.
    weighed = (solutions / marks.MARKS).exists()
    readings = marks.load(solutions / marks.MARKS) if weighed else None
    told = slips.read(solutions / slips.SLIPS, known) if weighed else {}
    notebooks: list[Notebook] = [
        (sources.reference.name, _bytes(project / sources.reference)),
        (sources.starter.name, _bytes(project / sources.starter)),
        *((f"{Path(variant.name).name}.ipynb", variant.notebook) for variant in known),
    ]
    changed = None
    unseen: tuple[TokenMutant, ...] = ()
    if mutants:
        from grader.authoring.mutation.mutants import Mutants

        changed = Mutants.of(assignment, project)
        notebooks += [(f"mutant-{n}.ipynb", data) for n, data in enumerate(changed.notebooks)]
        if assignment.formulas:  # without one no slip is looked for
            unseen = token_mutants.drawn(known, TOKEN_MUTANTS, SEED)
        notebooks += [(f"slip-{n}.ipynb", each.notebook) for n, each in enumerate(unseen)]
    reports = grade_all(notebooks, sandbox, assignment, jobs=jobs, on_progress=on_progress)
    first, last = 2, 2 + len(known)
    graded = list(zip(known, reports[first:last], strict=True))
    return Validation(
        subjects=(
            reference(reports[0], sources.reference),
            starter(reports[1], sources.starter),
            *(_subject(variant, report) for variant, report in graded),
        ),
        items=items(assignment, graded, kept),
        diagnoses=diagnoses(graded),
        agreement=(
            agreement(graded, readings, sources.solutions / marks.MARKS)
            if readings is not None
            else NO_READINGS
        ),
        weighed=weighed,
        kept=sources.solutions / KEPT,
        slips=slips.of_mistakes(graded, told),
        survivals=faults.survivals(assignment, FAULTS * (10 if mutants else 1)),
        mutants=changed.table(reports[last : len(reports) - len(unseen)]) if changed else None,
        unseen=slips.of_mutants(unseen, reports[-len(unseen) :]) if unseen else None,
    )


def reference(report: Report, path: Path) -> Subject:
    """What must be true of the reference notebook: full points."""
    lines = [
        f"the reference notebook: {exercise.name}: {check.name} is {check.status} ({check.message})"
        for exercise in report.exercises
        for check in exercise.checks
        if check.status is not CheckStatus.PASSED
    ]
    if report.score != report.max_score:
        lines.append(f"the reference notebook scores {_points(report)}, not {report.max_score:g}")
    return Subject(
        str(path), "reference", "the source of the assignment", report.score or 0, tuple(lines)
    )


def starter(report: Report, path: Path) -> Subject:
    """What must be true of the students' untouched notebook: 0, and a word on each exercise."""
    lines = []
    if report.score != 0:
        lines.append(f"the untouched notebook scores {_points(report)}, not 0")
    lines += [
        f"the untouched notebook: {exercise.name}: the report does not say why it earns nothing"
        for exercise in report.exercises
        if not exercise.message
    ]
    return Subject(
        str(path), "starter", "what students begin with", report.score or 0, tuple(lines)
    )


def items(
    assignment: Assignment,
    graded: Sequence[tuple[Variant, Report]],
    kept: dict[str, dict[str, str]],
) -> tuple[Item, ...]:
    """What each check of the rubric caught, by family, in the order of the rubric.

    Raises UsageError if a reason is given for a check that does not exist.
    """
    caught = [
        (assignment.spec(name).topic, losses)
        for variant, report in graded
        if not variant.right
        for name, losses in _losses(variant, report)
    ]
    checks = dict.fromkeys(
        (assignment.spec(row.exercise).topic, row.name) for row in rubric_table(assignment)
    )
    for family, reasons in kept.items():
        for name in reasons:
            if (family, name) not in checks:
                raise UsageError(f"{KEPT}: {family} has no check {name!r}")
    return tuple(
        Item(
            family,
            name,
            caught=sum(home == family and name in losses for home, losses in caught),
            alone=sum(home == family and losses == {name} for home, losses in caught),
            reason=kept.get(family, {}).get(name, ""),
        )
        for family, name in checks
    )


def agreement(
    graded: Sequence[tuple[Variant, Report]],
    readings: Mapping[str, Reading],
    place: Path | str = marks.MARKS,
) -> Agreement:
    """How the marks of the known mistakes agree with their readings.

    Raises UsageError if a mistake has no reading, or a reading no mistake.
    """
    mistakes = {
        Path(variant.name).name: (variant, report)
        for variant, report in graded
        if not variant.right
    }
    if odd := sorted(mistakes.keys() ^ readings.keys()):
        raise UsageError(f"{place}: {odd[0]} is not both a known mistake and a table here")
    return marks.agreement(
        [
            Marked(name, 100 * exercise.score / exercise.max_score, readings[name])
            for name, (variant, report) in mistakes.items()
            for exercise in report.exercises
            if exercise.name in variant.exercises
        ],
        place,
    )


def diagnoses(graded: Sequence[tuple[Variant, Report]]) -> Diagnoses:
    """How the misconceptions that were named compare with those that are known."""
    pairs = [
        (variant.expected.diagnosis, exercise.diagnosis.id if exercise.diagnosis else "")
        for variant, report in graded
        for exercise in report.exercises
        if exercise.name in variant.exercises and variant.expected.diagnosis is not None
    ]
    covered = [(want, named) for want, named in pairs if want]
    return Diagnoses(
        covered=len(covered),
        right=sum(want == named for want, named in covered),
        silent=sum(not named for _, named in covered),
        wrong=sum(bool(named) and want != named for want, named in pairs),
    )


def _losses(variant: Variant, report: Report) -> list[tuple[str, set[str]]]:
    """The checks that each exercise lost by its values, not by being absent."""
    gone = (ExerciseStatus.MISSING, ExerciseStatus.BROKEN)
    return [
        (
            exercise.name,
            {check.name for check in exercise.checks if check.status in variants.FAILED},
        )
        for exercise in report.exercises
        if exercise.name in variant.exercises and exercise.status not in gone
    ]


def _subject(variant: Variant, report: Report) -> Subject:
    score = sum(
        exercise.score for exercise in report.exercises if exercise.name in variant.exercises
    )
    kind = "right" if variant.right else "mistake"
    found = variants.differences(variant, report)
    return Subject(variant.name, kind, variant.says, score, found)


def _kept(path: Path, topics: Collection[str]) -> dict[str, dict[str, str]]:
    """Reasons for checks that are never alone, by family and check."""
    if not path.exists():
        return {}
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=dict[str, dict[str, str]])
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        raise UsageError(f"{path}: {error}") from None
    if unknown := found.keys() - topics:
        raise UsageError(f"{path}: no exercise is about {min(unknown)!r}")
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: can't be read ({error.strerror})") from None


def _points(report: Report) -> str:
    return "nothing" if report.score is None else f"{report.score:g}"
