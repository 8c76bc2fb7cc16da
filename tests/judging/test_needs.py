"""A check counts once what it needs is there, and says so in words a student understands."""

from __future__ import annotations

import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.assignments.custom_losses.exercises import EXERCISES
from grader.judging import rubric_table
from grader.judging.needs import Made, uncounted, unmet
from grader.kit.checks import Needs
from grader.kit.parts import PARTS

RIGHT = Made("formula", "small errors cost half their square", passed=True)
WRONG = Made("formula", "large errors grow linearly", passed=False)
NAME = "threshold"


def test_what_needs_nothing_is_made() -> None:
    assert unmet(Needs(), {}, NAME) is None


def test_a_part_counts_once_all_its_checks_are_passed() -> None:
    assert unmet(Needs(("formula",)), {"a": RIGHT}, NAME) is None
    words = "Counts once the formula is right."
    assert unmet(Needs(("formula",)), {"a": RIGHT, "b": WRONG}, NAME) == words


def test_a_part_without_checks_is_no_obstacle() -> None:
    """A plain function has no threshold to be in force."""
    assert unmet(Needs(("hyperparameter",)), {"a": RIGHT}, NAME) is None


def test_a_single_check_is_named_by_its_title() -> None:
    made = {"large_errors": WRONG}
    words = "Counts once this is passed: large errors grow linearly."
    assert unmet(Needs(("large_errors",)), made, NAME) == words


def test_some_of_a_part_is_enough_where_that_is_asked() -> None:
    needs = Needs(some_of="formula")
    assert unmet(needs, {"a": RIGHT, "b": WRONG}, NAME) is None
    assert unmet(needs, {"b": WRONG}, NAME) == "Counts once some of the formula is right."


def test_the_hyperparameter_is_called_by_its_name() -> None:
    ignored = Made("hyperparameter", "the margin that was given counts", passed=False)
    words = "Counts once the margin that was given is the one in force."
    assert unmet(Needs(("hyperparameter",)), {"a": ignored}, "margin") == words


def test_what_comes_after_is_right_and_does_not_count_yet() -> None:
    stopped = Made("use", "works in a graph", passed=False)
    needs = Needs(after=("use",))
    assert unmet(needs, {"graph": stopped}, NAME) is None
    words = "This is right. It counts once its use in Keras is right."
    assert uncounted(needs, {"graph": stopped}, NAME) == words
    assert uncounted(needs, {"graph": RIGHT}, NAME) is None


@pytest.mark.parametrize("spec", EXERCISES, ids=lambda spec: spec.name)
def test_what_a_check_needs_is_made_before_it(spec: object) -> None:
    """Else it would never be missed."""
    rows = [row for row in rubric_table(ASSIGNMENT) if row.exercise == spec.name]  # type: ignore[attr-defined]
    seen: set[str] = set()
    for row in rows:
        for name in (*row.needs.all_of, *row.needs.after):
            later = {other.name for other in rows if name in (other.part, other.name)} - seen
            assert not later, f"{row.name} needs {later}, which come after it"
        assert row.part in PARTS
        seen.add(row.name)
