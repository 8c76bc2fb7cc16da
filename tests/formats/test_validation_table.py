"""What the instructors see after `grader validate`."""

from __future__ import annotations

from types import SimpleNamespace

from grader.authoring.mutation.mutants import MutantRow, MutantTable
from grader.formats import validation_table
from tests.formats.test_tables import shown

FAIR = {
    "agreement": SimpleNamespace(
        count=253, rank_correlation=0.912, mean_difference=8.04, far=9, outside=1
    ),
    "slips": SimpleNamespace(known=150, found=146, placed=143),
    "unseen": SimpleNamespace(known=220, found=200, placed=199),
    "survivals": (SimpleNamespace(width=0.1, drawn=50, survivors=("one",)),),
}


def subject(kind: str, *differences: str) -> SimpleNamespace:
    """A notebook that was graded."""
    return SimpleNamespace(kind=kind, differences=differences)


def test_counts_checks_names_and_differences() -> None:
    """Everything that decides whether the grader can be trusted, on one screen."""
    line = "huber_doubled: my_huber_loss: scale is passed, and must fail [x]"
    found = SimpleNamespace(
        subjects=(
            subject("reference"), subject("starter"), subject("right"), subject("right"),
            subject("mistake", line), subject("mistake"),
        ),
        items=(
            SimpleNamespace(family="huber", check="scale", caught=4, alone=1, reason=""),
            SimpleNamespace(
                family="contrastive", check="graph", caught=2, alone=0, reason="graphs matter"
            ),
        ),
        diagnoses=SimpleNamespace(covered=3, right=2, silent=1, wrong=0),
        **FAIR,
        mutants=None,
        differences=(line,),
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
    found = SimpleNamespace(
        subjects=(subject("reference"),),
        items=(),
        diagnoses=SimpleNamespace(covered=0, right=0, silent=0, wrong=0),
        **FAIR,
        mutants=None,
        differences=(),
    )
    assert "Differences" not in shown(validation_table.view(found))


def test_mutants_are_counted_by_exercise_and_together() -> None:
    """How many were made, how many the rubric killed, how many make no difference."""
    rows = (
        MutantRow("my_huber_loss", made=10, killed=9, equivalent=1),
        MutantRow("MyHuberLoss", made=5, killed=3, equivalent=1),
    )
    found = SimpleNamespace(
        subjects=(subject("reference"),),
        items=(),
        diagnoses=SimpleNamespace(covered=0, right=0, silent=0, wrong=0),
        **FAIR,
        mutants=MutantTable(rows, ("survives: one",)),
        differences=("survives: one",),
    )
    lines = [" ".join(one.split()) for one in shown(validation_table.view(found)).splitlines()]
    assert "mutants made killed no difference survived" in lines
    assert "my_huber_loss 10 9 1 0" in lines
    assert "MyHuberLoss 5 3 1 1" in lines
    assert "together 15 12 2 1" in lines
    assert "- survives: one" in lines
