"""What a validation found: whether the grader tells right from wrong, in figures and in lines.

Made by the people's side of an assignment (`authoring`), and shown by `formats`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

# Of the known mistakes that are one slip from right, and of those found: the least that may be.
FOUND, PLACED = 0.95, 0.97
# The same for slips that nobody thought of: tokens and lines that went wrong in right answers.
UNSEEN_FOUND, UNSEEN_PLACED = 0.85, 0.92


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
class Agreement:
    """How the grader's marks agree with the readings.

    rank_correlation: Spearman's. mean_difference: in points of 100. far: how many are more than
    25 apart. outside: how many lie outside their band. differences: a line for each of those
    without a reason, and for each with one that lies inside.
    """

    count: int
    rank_correlation: float
    mean_difference: float
    far: int
    outside: int
    differences: tuple[str, ...]


@dataclass(frozen=True)
class SlipTable:
    """How slips were found.

    known: how many there are; found: how many of them; placed: of those found, in how many
    a true line is named. missed, misplaced: their names. others: what was found to be one slip
    from right although nobody says so.
    """

    known: int
    missed: tuple[str, ...]
    misplaced: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def found(self) -> int:
        """How many slips were found."""
        return self.known - len(self.missed)

    @property
    def placed(self) -> int:
        """How many of those found are where they are said to be."""
        return self.found - len(self.misplaced)

    @property
    def found_share(self) -> float:
        """Of all slips, how many were found."""
        return self.found / self.known if self.known else 1.0

    @property
    def placed_share(self) -> float:
        """Of the slips found, how many are where they are said to be."""
        return self.placed / self.found if self.found else 1.0


@dataclass(frozen=True)
class Survival:
    """How many drawn faults of one width kept all points, and those that did.

    allowed: the share of them that may.
    """

    width: float
    drawn: int
    survivors: tuple[str, ...]
    allowed: float

    @property
    def differences(self) -> tuple[str, ...]:
        """A line if more survive than may."""
        if len(self.survivors) <= self.allowed * self.drawn:
            return ()
        count = f"{len(self.survivors)} of {self.drawn} random faults {self.width:g} wide"
        return (f"{count} keep all points, where {self.allowed:.0%} may: {self.survivors[0]}",)


@dataclass(frozen=True)
class MutantRow:
    """What became of one exercise's mutants."""

    exercise: str
    made: int
    killed: int
    equivalent: int

    @property
    def survived(self) -> int:
        """How many kept all points although nobody says that they may."""
        return self.made - self.killed - self.equivalent


@dataclass(frozen=True)
class MutantTable:
    """What became of all mutants, and what must not be, a line each."""

    rows: tuple[MutantRow, ...]
    differences: tuple[str, ...]


NO_SLIPS = SlipTable(0, (), ())
NO_READINGS = Agreement(0, 1.0, 0.0, 0, 0, ())
KEPT = "kept.toml"


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
