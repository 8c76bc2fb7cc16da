"""Validates the assignment and the rubric: does the grader tell right from wrong?

The reference notebook must score 100 and the untouched starter 0, right variants full
points, and known mistakes must lose what they say and nothing else. From what the mistakes
lost follows what each check is worth: one that is never alone in catching a mistake has to
have a reason to be there, in `solutions/kept.toml`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from grader.authoring import marks, slips, variants
from grader.authoring.many import Notebook, Progress, grade_all
from grader.authoring.marks import Agreement, Marked, Reading
from grader.authoring.mutation import faults, token_mutants
from grader.authoring.mutation.faults import Survival
from grader.authoring.mutation.token_mutants import TokenMutant
from grader.authoring.slips import SlipTable
from grader.authoring.variants import Variant
from grader.errors import UsageError
from grader.judging import rubric_table
from grader.kit.assignment import Assignment
from grader.report import CheckStatus, ExerciseStatus, Report
from grader.sandbox import Sandbox

if TYPE_CHECKING:
    from grader.authoring.mutation.mutants import MutantTable

# How many faults of each width are drawn.
FAULTS = 50
# Of the known mistakes that are one slip from right, and of those found: the least that may be.
FOUND, PLACED = 0.95, 0.97
# The same for slips that nobody thought of: tokens and lines that went wrong in right answers.
UNSEEN_FOUND, UNSEEN_PLACED = 0.85, 0.92
TOKEN_MUTANTS, SEED = 240, 20
NO_SLIPS = SlipTable(0, (), ())
NO_READINGS = Agreement(0, 1.0, 0.0, 0, 0, ())
KEPT = "kept.toml"


@dataclass(frozen=True)
class Subject:
    """One notebook that was graded.

    kind: "reference", "starter", "right" or "mistake". differences: what did not come out
    as it must, a line each.
    """

    name: str
    kind: str
    says: str
    score: float
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """What one check of the rubric is good for.

    caught: how many known mistakes it catches; alone: how many of those nothing else
    catches. reason: why it is there although it is never alone; empty if it needs none.
    """

    family: str
    check: str
    caught: int
    alone: int
    reason: str

    @property
    def earns_its_place(self) -> bool:
        """Whether it is alone with some mistake, or else has a reason."""
        return self.alone > 0 or bool(self.reason)


@dataclass(frozen=True)
class Diagnoses:
    """How many known mistakes have a misconception to be named, and what was named.

    silent: of those covered, how many got no name. wrong: a wrong name, or one where none fits.
    """

    covered: int
    right: int
    silent: int
    wrong: int


@dataclass(frozen=True)
class Validation:
    """All that was found.

    weighed: whether each check has to be alone in catching a mistake, or have a reason, which
    then is in the file `kept`.
    """

    subjects: tuple[Subject, ...]
    items: tuple[Item, ...]
    diagnoses: Diagnoses
    agreement: Agreement
    slips: SlipTable = NO_SLIPS
    survivals: tuple[Survival, ...] = ()
    mutants: MutantTable | None = None
    unseen: SlipTable | None = None
    weighed: bool = True
    kept: Path | str = KEPT

    @property
    def differences(self) -> tuple[str, ...]:
        """What must not be, a line each; empty if all is well."""
        lines = [line for subject in self.subjects for line in subject.differences]
        for item in self.items if self.weighed else ():
            where = f"the check {item.check} of {item.family}"
            if not item.earns_its_place:
                lines.append(
                    f"{where} is never alone in catching a mistake, and {self.kept} has no reason"
                    " for it"
                )
            elif item.alone and item.reason:
                lines.append(
                    f"{where} does catch a mistake alone: it needs no reason in {self.kept}"
                )
        lines += self.agreement.differences
        lines += _slip_differences(self.slips, FOUND, PLACED)
        lines += [line for each in self.survivals for line in each.differences]
        if self.mutants is not None:
            lines += self.mutants.differences
        if self.unseen is not None:
            lines += _slip_differences(self.unseen, UNSEEN_FOUND, UNSEEN_PLACED)
        return tuple(lines)


def _slip_differences(table: SlipTable, found: float, placed: float) -> list[str]:
    lines = []
    if table.found_share < found:
        lines.append(f"too few slips are found; not those of {', '.join(table.missed)}")
    if table.placed_share < placed:
        where = ", ".join(table.misplaced)
        lines.append(f"too many slips are told to be elsewhere: those of {where}")
    return lines


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
    return Agreement.of(
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
