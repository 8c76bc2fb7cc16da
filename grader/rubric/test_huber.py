"""Checks of what the Huber loss is: its two parts, and where they meet."""

from __future__ import annotations

import numpy as np
import pytest

from grader.rubric.attempt import Attempt
from grader.rubric.formulas import close, errors
from grader.rubric.regions import check_edges, check_hyperparameter, check_region

STEP = 1 / 64


@pytest.mark.points(my_huber_loss=3, my_huber_loss_with_threshold=2, MyHuberLoss=2)
def test_small_errors(attempt: Attempt) -> None:
    """small errors cost half their square"""
    check_region(
        attempt,
        "small_errors",
        "Errors within the threshold do not cost what they should",
        "Compare your quadratic part with the formula: the square, what stands in front of it, "
        "and the condition that chooses it.",
    )


@pytest.mark.points(my_huber_loss=3, my_huber_loss_with_threshold=2, MyHuberLoss=2)
def test_large_errors(attempt: Attempt) -> None:
    """large errors grow linearly"""
    check_region(
        attempt,
        "large_errors",
        "Errors beyond the threshold do not cost what they should",
        "Compare your linear part with the formula: its slope, its offset, and the condition "
        "that chooses it.",
    )


@pytest.mark.points(my_huber_loss=1, my_huber_loss_with_threshold=1, MyHuberLoss=1)
def test_both_signs(attempt: Attempt) -> None:
    """an error costs the same whatever its sign"""
    attempt.require_recognisable()
    for region in attempt.formula.regions:
        positive, negative = (side.batch for side in region.sides(1.0))
        above, below = attempt.compared(positive).values, attempt.compared(negative).values
        if not close(above, below, attempt.call(positive).dtype):
            dear, cheap = ("low", "high") if np.sum(above) > np.sum(below) else ("high", "low")
            attempt.fail(
                f"A prediction that is too {dear} costs more than one that is as much too {cheap}, "
                f"{region.title}. Only the size of the error matters: think of its absolute value.",
                negative,
                below,
                above,
            )


@pytest.mark.points(my_huber_loss=1, my_huber_loss_with_threshold=1, MyHuberLoss=1)
def test_threshold_and_zero(attempt: Attempt) -> None:
    """right at the threshold, and no loss without an error"""
    attempt.require_recognisable()
    check_edges(
        attempt,
        [
            (
                "exactly at the threshold",
                errors(np.array([1.0])),
                errors(np.array([[1 - STEP], [1 + STEP]])),
            ),
            (
                "exactly at the threshold, with the prediction too high",
                errors(np.array([-1.0])),
                errors(np.array([[-1 - STEP], [-1 + STEP]])),
            ),
            (
                "where the error is zero",
                errors(np.array([0.0])),
                errors(np.array([[-STEP], [STEP]])),
            ),
        ],
    )


@pytest.mark.points(my_huber_loss_with_threshold=4, MyHuberLoss=3)
def test_other_thresholds(attempt: Attempt) -> None:
    """the threshold that was given is the one that counts"""
    check_hyperparameter(attempt, (0.5, 2.5, 4.0))
