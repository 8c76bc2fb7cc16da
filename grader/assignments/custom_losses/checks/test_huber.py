"""Checks of what the Huber loss is: its two parts, and where they meet."""

from __future__ import annotations

import pytest

from grader.kit.elementwise.attempt import ElementwiseAttempt
from grader.kit.elementwise.regions import check_edges, check_hyperparameter, check_region
from grader.kit.tolerance import close

pytestmark = pytest.mark.part("formula")


@pytest.mark.points(my_huber_loss=2.25, my_huber_loss_with_threshold=2, MyHuberLoss=2)
def test_small_errors(attempt: ElementwiseAttempt) -> None:
    """small errors cost half their square"""
    check_region(
        attempt,
        "small_errors",
        "Errors within the threshold do not cost what they should",
        "Compare your quadratic part with the formula: the square, what stands in front of it, "
        "and the condition that chooses it.",
    )


@pytest.mark.points(my_huber_loss=2.25, my_huber_loss_with_threshold=2, MyHuberLoss=2)
def test_large_errors(attempt: ElementwiseAttempt) -> None:
    """large errors grow linearly"""
    check_region(
        attempt,
        "large_errors",
        "Errors beyond the threshold do not cost what they should",
        "Compare your linear part with the formula: its slope, its offset, and the condition "
        "that chooses it.",
    )


@pytest.mark.needs(some_of="formula")
@pytest.mark.points(my_huber_loss=0.75, my_huber_loss_with_threshold=0.75, MyHuberLoss=0.5)
def test_both_signs(attempt: ElementwiseAttempt) -> None:
    """an error costs the same whatever its sign"""
    for region in attempt.formula.regions:
        positive, negative = (side.batch for side in region.sides(1.0))
        above, below = attempt.compared(positive).values, attempt.compared(negative).values
        if not close(above, below, attempt.call(positive).dtype):
            dear, cheap = ("low", "high") if above.sum() > below.sum() else ("high", "low")
            attempt.fail(
                f"A prediction that is too {dear} costs more than one that is as much too {cheap}, "
                f"{region.title}. Only the size of the error matters: think of its absolute value.",
                negative,
                below,
                above,
            )
    found = attempt.wrong_on_one_side()
    if found is not None:
        region, batch, hyper = found
        attempt.fail(
            f"An error of one sign costs other than an error of the other sign, {region.title}. "
            "Only the size of the error matters: think of its absolute value.",
            batch,
            attempt.compared(batch, hyper).values,
            attempt.expected(batch, hyper),
        )


@pytest.mark.needs("small_errors", "large_errors", "both_signs")
@pytest.mark.points(my_huber_loss=0.75, my_huber_loss_with_threshold=0.5, MyHuberLoss=0.5)
def test_threshold_and_zero(attempt: ElementwiseAttempt) -> None:
    """right at the threshold, and no loss without an error"""
    check_edges(attempt)


@pytest.mark.part("hyperparameter")
@pytest.mark.needs(some_of="formula")
@pytest.mark.points(my_huber_loss_with_threshold=3.25, MyHuberLoss=2.75)
def test_other_thresholds(attempt: ElementwiseAttempt) -> None:
    """the threshold that was given is the one that counts"""
    check_hyperparameter(attempt)
