"""Marks are held against readings, in figures and by name."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.assignments.custom_losses.exercises import BY_NAME
from grader.authoring import marks, variants
from grader.authoring.marks import Marked, Reading, agreement
from grader.authoring.mutation.faults import Fault, drawn
from grader.errors import UsageError
from grader.validation_results import Survival


def reading(mark: float, low: float = 0, high: float = 100) -> Reading:
    return Reading("one slip", mark, (low, high), "a bracket")


def test_the_same_order_and_size_agree_in_full() -> None:
    found = agreement([Marked(str(mark), mark, reading(mark)) for mark in (10, 30, 30, 70)])
    assert (found.count, found.far, found.outside) == (4, 0, 0)
    assert found.rank_correlation == pytest.approx(1)
    assert found.mean_difference == 0


def test_what_is_turned_round_and_far_apart_shows() -> None:
    pairs = [("low", 80.0, 20.0), ("high", 20.0, 80.0)]
    found = agreement([Marked(name, got, reading(want, 0, 90)) for name, got, want in pairs])
    assert found.rank_correlation == pytest.approx(-1)
    assert (found.mean_difference, found.far) == (60, 2)


def test_a_mark_outside_its_band_is_named_with_the_reason() -> None:
    found = agreement([Marked("wrapper_one", 80, reading(50, 40, 60))])
    assert found.outside == 1
    assert found.differences == ("wrapper_one: earns 80 of 100; fair is 40 to 60 (a bracket)",)


def test_a_reason_to_be_apart_is_heard_as_long_as_it_is_needed() -> None:
    apart = msgspec.structs.replace(reading(50, 40, 60), apart="two edits are needed")
    assert agreement([Marked("one", 10, apart)]).differences == ()
    (line,) = agreement([Marked("one", 50, apart)]).differences
    assert line == "one: earns a fair 50 of 100, and needs no reason in marks.toml"


def test_every_known_mistake_has_a_reading(project: Path) -> None:
    readings = marks.load(project / ASSIGNMENT.sources.solutions / marks.MARKS)
    names = {Path(each.name).name for each in variants.load(ASSIGNMENT, project) if not each.right}
    assert names == readings.keys()


@pytest.mark.parametrize(
    "text",
    [
        "[one]\nkind = 'x'\nmark = 70\nband = [10, 60]\nwhy = 'y'",
        "[one]\nkind = 'x'\nmark = 170\nband = [10, 600]\nwhy = 'y'",
        "[one]\nmark = 7",
        "[[",
    ],
)
def test_a_table_that_makes_no_sense_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "marks.toml"
    path.write_text(text)
    with pytest.raises(UsageError, match=r"marks\.toml: ") as problem:
        marks.load(path)
    assert "\n" not in str(problem.value)


def test_faults_are_the_same_for_the_same_seed() -> None:
    assert list(drawn(ASSIGNMENT, 5, seed=3)) == list(drawn(ASSIGNMENT, 5, seed=3))
    assert list(drawn(ASSIGNMENT, 5, seed=3)) != list(drawn(ASSIGNMENT, 5, seed=4))


@pytest.mark.parametrize("name", BY_NAME)
def test_a_fault_of_no_height_keeps_all_points_and_a_wide_one_none(name: str) -> None:
    """What is drawn differs from a right loss by its bump alone."""
    harmless = Fault(ASSIGNMENT, BY_NAME[name], 0.0, 0.5, 0.5, 0, scaled=False)
    wide = Fault(ASSIGNMENT, BY_NAME[name], 0.2, 0.5, 0.5, 0, scaled=False)
    assert harmless.survives
    assert not wide.survives


def test_more_survivors_than_are_allowed_are_a_difference() -> None:
    fault = str(next(drawn(ASSIGNMENT, 1, seed=1)))
    assert Survival(0.3, 50, (), 0.0).differences == ()
    assert Survival(0.1, 50, (fault,), 0.02).differences == ()
    (line,) = Survival(0.3, 50, (fault,), 0.0).differences
    assert line.startswith("1 of 50 random faults 0.3 wide keep all points")
    assert line.endswith(fault)


def test_random_faults_are_found() -> None:
    """Ten of each width; `grader validate` draws more."""
    for width in (0.3, 0.1):
        assert [each for each in drawn(ASSIGNMENT, 10, seed=11, width=width) if each.survives] == []
