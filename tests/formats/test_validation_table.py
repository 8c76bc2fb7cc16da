"""What the instructors see after `grader validate`."""

from __future__ import annotations

from dataclasses import replace

from grader.formats import validation_table
from grader.validation_results import (
    NO_READINGS,
    Agreement,
    Diagnoses,
    Item,
    MutantRow,
    MutantTable,
    SlipTable,
    Subject,
    Survival,
    Validation,
)
from tests.formats.test_tables import shown


def names(count: int) -> tuple[str, ...]:
    """So many mistakes."""
    return tuple(f"mistake_{number}" for number in range(count))


def subject(kind: str, *differences: str) -> Subject:
    """A notebook that was graded."""
    return Subject("one", kind, "", 0, differences)


FAIR = Validation(
    subjects=(subject("reference"),),
    items=(),
    diagnoses=Diagnoses(covered=3, right=2, silent=1, wrong=0),
    agreement=Agreement(253, 0.912, 8.04, far=9, outside=1, differences=()),
    slips=SlipTable(150, missed=names(4), misplaced=names(3)),
    unseen=SlipTable(220, missed=names(20), misplaced=names(1)),
    survivals=(Survival(0.1, 50, ("one",), 0.02),),
)


def test_counts_checks_names_and_differences() -> None:
    """Everything that decides whether the grader can be trusted, on one screen."""
    line = "huber_doubled: my_huber_loss: scale is passed, and must fail [x]"
    found = replace(
        FAIR,
        subjects=(
            subject("reference"), subject("starter"), subject("right"), subject("right"),
            subject("mistake", line), subject("mistake"),
        ),
        items=(
            Item("huber", "scale", caught=4, alone=1, reason=""),
            Item("contrastive", "graph", caught=2, alone=0, reason="graphs matter"),
        ),
    )  # fmt: skip
    lines = [" ".join(one.split()) for one in shown(validation_table.view(found)).splitlines()]
    assert "1 of 1 the reference notebook full points" in lines
    assert "2 of 2 right variants full points" in lines
    assert "1 of 2 known mistakes lose what they must and no more" in lines
    assert "scale 4 1" in lines
    assert "graph 2 0 graphs matter" in lines
    assert f"- {line}" in lines
    said = " ".join(lines)
    assert "Of 3 mistakes with a known misconception 2 are named rightly, 1 not at all;" in said
    assert "Of 253 marks 252 lie in the band of their reading. Rank correlation 0.91," in said
    assert "Of 150 mistakes that are one slip from right 146 are found to be, 143 of them" in said
    assert "Of 220 slips of fingers in right answers 200 are found, 199 of them in the" in said
    assert "Of 50 random faults 0.1 wide 1 keep all points." in said


def test_no_difference_no_list() -> None:
    """A validation that holds ends with its figures."""
    assert "Differences" not in shown(validation_table.view(FAIR))


def test_what_there_is_nothing_of_is_not_told() -> None:
    """An assignment need not have readings, misconceptions, or slips that are looked for."""
    found = Validation(
        subjects=(subject("reference"),),
        items=(Item("double", "values", caught=1, alone=1, reason=""),),
        diagnoses=Diagnoses(covered=0, right=0, silent=0, wrong=0),
        agreement=NO_READINGS,
    )
    lines = shown(validation_table.view(found)).splitlines()
    assert [" ".join(line.split()) for line in lines if line.strip()] == [
        "1 of 1 the reference notebook full points",
        "double catches alone",
        "values 1 1",
    ]


def test_mutants_are_counted_by_exercise_and_together() -> None:
    """How many were made, how many the rubric killed, how many make no difference."""
    rows = (
        MutantRow("my_huber_loss", made=10, killed=9, equivalent=1),
        MutantRow("MyHuberLoss", made=5, killed=3, equivalent=1),
    )
    found = replace(FAIR, mutants=MutantTable(rows, ("survives: one",)))
    lines = [" ".join(one.split()) for one in shown(validation_table.view(found)).splitlines()]
    assert "mutants made killed no difference survived" in lines
    assert "my_huber_loss 10 9 1 0" in lines
    assert "MyHuberLoss 5 3 1 1" in lines
    assert "together 15 12 2 1" in lines
    assert "- survives: one" in lines
