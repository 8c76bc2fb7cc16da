"""What an exercise lost, once per cause."""

from __future__ import annotations

import msgspec
import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.assignments.custom_losses.misconceptions import EXPLAINED
from grader.formats.losses import losses, untold
from grader.judging import rubric_table
from grader.report import (
    Check,
    CheckStatus,
    Diagnosis,
    Evidence,
    Exercise,
    Place,
    Slip,
    Span,
)
from tests.reports import make_check, make_exercise

KNOWN = Diagnosis("branches-swapped", "The two parts are exchanged.", tuple(sorted(EXPLAINED)))
SMALL = make_check("small_errors", CheckStatus.FAILED, 3, "Small errors are wrong.")
LARGE = make_check("large_errors", CheckStatus.FAILED, 3, "Large errors are wrong.")
GRAPH = make_check("graph", CheckStatus.ERROR, 1, "It stops in a graph.")


def exercise(*checks: Check, diagnosis: Diagnosis | None = KNOWN) -> Exercise:
    return make_exercise("my_huber_loss", *checks, diagnosis=diagnosis)


def told(lost: Exercise) -> list[tuple[str, str]]:
    return [(loss.heading, loss.message) for loss in losses(lost)]


def test_without_a_diagnosis_each_cause_has_its_own_words() -> None:
    assert told(exercise(SMALL, LARGE, diagnosis=None)) == [
        ("small errors", "Small errors are wrong."),
        ("large errors", "Large errors are wrong."),
    ]


def test_a_diagnosis_stands_for_all_that_it_explains() -> None:
    assert told(exercise(SMALL, LARGE, GRAPH)) == [
        ("small errors; large errors", "The two parts are exchanged."),
        ("graph (an error was raised)", "It stops in a graph."),
    ]
    assert untold(exercise(SMALL, LARGE, GRAPH)) == ""


def test_where_a_slip_is_placed_wrong_values_are_at_no_other_line() -> None:
    """A check knows no more of them than where the definition begins; of an error it does."""
    slip = Slip("brackets", "Brackets?", Span(4, 6, 1, 6, 9))
    wrong = make_check(
        "small_errors", CheckStatus.FAILED, 3, "Small errors are wrong.", Place(4, 1)
    )
    stops = make_check("graph", CheckStatus.ERROR, 1, "It stops in a graph.", Place(4, 7))
    plain = exercise(wrong, stops, diagnosis=None)
    assert [loss.place for loss in losses(plain)] == [Place(4, 1), Place(4, 7)]
    slipped = msgspec.structs.replace(plain, slip=slip)
    assert [loss.place for loss in losses(slipped)] == [None, Place(4, 7)]


def test_a_diagnosis_that_explains_no_loss_is_told_by_itself() -> None:
    assert told(exercise(GRAPH)) == [("graph (an error was raised)", "It stops in a graph.")]
    assert untold(exercise(GRAPH)) == "The two parts are exchanged."


def test_an_edge_that_is_wrong_keeps_its_own_words() -> None:
    """It is asked where the rest is right, and so no misconception about the rest explains it."""
    edge = make_check("threshold_and_zero", CheckStatus.FAILED, 1, "It is wrong at the threshold.")
    assert told(exercise(SMALL, edge)) == [
        ("small errors", "The two parts are exchanged."),
        ("threshold and zero", "It is wrong at the threshold."),
    ]


def test_a_value_check_that_got_no_answer_keeps_its_own_words() -> None:
    stopped = make_check("small_errors", CheckStatus.ERROR, 3, "It stops.")
    assert told(exercise(stopped)) == [("small errors (an error was raised)", "It stops.")]


def skipped(count: int, message: str, points: float = 1) -> list[Check]:
    return [
        make_check(f"later_{n}", CheckStatus.SKIPPED, points, message, Place(4, n + 1))
        for n in range(count)
    ]


def test_what_was_not_run_is_one_entry_and_the_last() -> None:
    """However many they are, and though each may name a place and evidence of its own."""
    later = skipped(10, "It counts once the formula is right.")
    found = losses(exercise(*later[:5], SMALL, *later[5:], diagnosis=None))
    assert [(loss.heading, loss.points, loss.message) for loss in found] == [
        ("small errors", 3, "Small errors are wrong."),
        ("10 checks (not run)", 10, "It counts once the formula is right."),
    ]
    assert [loss.consequence for loss in found] == [False, True]
    assert found[1].place is None


def test_what_was_not_run_for_two_reasons_says_both() -> None:
    found = losses(exercise(*skipped(2, "Once a."), *skipped(2, "Once b."), diagnosis=None))
    assert [(loss.heading, loss.message) for loss in found] == [
        ("4 checks (not run)", "Once a. Once b.")
    ]


@pytest.mark.parametrize(
    ("said", "together"),
    [
        pytest.param(
            ["Counts once the formula is right.", "Counts once the formula is right."],
            "Counts once the formula is right.",
            id="one condition",
        ),
        pytest.param(
            ["Counts once this is passed: a.", "Counts once the formula is right."],
            "All of this counts once the formula is right and this is passed: a.",
            id="a check and a part",
        ),
        pytest.param(
            [
                "Counts once this is passed: a.",
                "Counts once some of the formula is right.",
                "Counts once this is passed: b.",
                "Counts once the formula is right.",
            ],
            "All of this counts once the formula is right and these are passed: a; b.",
            id="a part of what has to be right as a whole",
        ),
        pytest.param(
            [
                "Counts once the formula is right.",
                "This is right. It counts once the formula is right.",
                "This is right. It counts once its use in Keras is right.",
            ],
            "All of this counts once the formula is right and its use in Keras is right. "
            "Of these checks two are right already.",
            id="some are right",
        ),
        pytest.param(
            [
                "Counts once the formula is right.",
                "This is right. It counts once the formula is right.",
            ],
            "Counts once the formula is right. Of these checks one is right already.",
            id="one of two is right",
        ),
        pytest.param(
            ["This is right. It counts once the formula is right."],
            "This is right. It counts once the formula is right.",
            id="one that is right",
        ),
        pytest.param(
            ["This is right. It counts once the formula is right."] * 2,
            "These are right. They count once the formula is right.",
            id="all are right",
        ),
        pytest.param(
            ["Counts once the formula is right.", "Not run: it died twice before."] * 2,
            "Counts once the formula is right. Not run: it died twice before.",
            id="another reason",
        ),
    ],
)
def test_what_checks_wait_for_is_said_once(said: list[str], together: str) -> None:
    later = [skipped(1, each)[0] for each in said]
    (loss,) = losses(exercise(*later, diagnosis=None))
    assert loss.message == together


def test_many_checks_that_one_error_stopped_are_a_count() -> None:
    """And a few are named."""
    stopped = [
        make_check(f"s{n}", CheckStatus.ERROR, 1, "It stops.", Place(4, 2)) for n in range(5)
    ]
    assert told(exercise(*stopped, diagnosis=None)) == [
        ("5 checks, for one reason (an error was raised)", "It stops.")
    ]
    assert told(exercise(*stopped[:2], diagnosis=None)) == [
        ("s0; s1 (an error was raised)", "It stops.")
    ]


def test_with_evidence_the_diagnosis_is_told_once_all_the_same() -> None:
    shown = (msgspec.structs.replace(one, evidence=Evidence(("got",))) for one in (SMALL, LARGE))
    assert told(exercise(*shown)) == [
        ("small errors", "The two parts are exchanged."),
        ("large errors", ""),
    ]


def test_what_a_diagnosis_may_explain_are_checks_of_the_rubric() -> None:
    assert {row.name for row in rubric_table(ASSIGNMENT)} >= EXPLAINED
