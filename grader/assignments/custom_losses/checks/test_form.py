"""Checks of the form of an answer: one factor, one reduction, any shape, full precision.

They hold an answer against itself or against the parts of it that are right: what a wrong
formula costs is said elsewhere.
"""

from __future__ import annotations

import numpy as np
import pytest

from grader.assignments.custom_losses.conventions import allowed_reductions, asked_for, crossed
from grader.assignments.custom_losses.exercises import Family
from grader.assignments.custom_losses.formulas import errors, pairs
from grader.kit.elementwise.attempt import ElementwiseAttempt
from grader.kit.elementwise.reductions import OTHER_SHAPES
from grader.kit.exercises import Kind
from grader.kit.interface import Batch, Floats, NoAnswer
from grader.kit.tolerance import close

pytestmark = [
    pytest.mark.part("form"),
    pytest.mark.needs("formula", "hyperparameter"),
    pytest.mark.after("making", "keras", "use"),
]

# Numbers that need all of single precision, as fractions of 1. The large one goes alone, since
# in a mean it would hide the others; its square is beyond half precision, and still exact in
# single precision, so that a formula made of differences of squares keeps its digits.
_FINE = np.array([0.1234567, 0.7654321, 0.3333333, 0.0012345, 1.2345678, 2.7182818])
_LARGE = np.array([256.0])


@pytest.mark.points(
    my_huber_loss=0.25,
    my_huber_loss_with_threshold=0.25,
    MyHuberLoss=0.25,
    contrastive_loss=0.25,
    contrastive_loss_with_margin=0.25,
    ContrastiveLoss=0.25,
)
def test_scale(attempt: ElementwiseAttempt) -> None:
    """no constant factor runs through all values"""
    factor = attempt.profile.factor
    # It is 1 exactly where the values agree without one, within the tolerance.
    if factor != 1:
        what = "too large" if factor > 1 else "too small"
        attempt.fail(
            f"All of your values are {what} by one and the same factor; the formula itself is "
            "right. Look for a half, a two or another number that multiplies everything."
        )


@pytest.mark.points(
    my_huber_loss=0.5,
    my_huber_loss_with_threshold=0.25,
    MyHuberLoss=1.25,
    contrastive_loss=0.5,
    contrastive_loss_with_margin=0.25,
    ContrastiveLoss=0.75,
)
def test_reduction(attempt: ElementwiseAttempt) -> None:
    """returns the loss per element or its mean, as asked"""
    batch = attempt.mixed()
    answer = attempt.call(batch)
    allowed = allowed_reductions(attempt, answer)
    found = attempt.profile.reduction
    asked = asked_for(attempt, allowed)
    if found not in allowed:
        if attempt.profile.alone:
            attempt.fail(
                f"This should give {asked}. Yours makes one number of several elements that is "
                "neither their mean nor their sum.",
                batch,
                answer.values,
            )
        what = str(found) if found else "something else"
        attempt.fail(f"This should give {asked}; yours gives {what}.", batch, answer.values)
    if not attempt.mixes and crossed(attempt, batch, answer):
        attempt.fail(
            "Taken together, each element of y_true meets every element of y_pred, and not its own "
            "alone: that is what becomes of shapes such as (7,) and (7, 1). Which step changes the "
            "shape of one of the two?",
            batch,
            answer.values,
            attempt.expected(batch),
        )
    if not attempt.mixes:
        attempt.fail(
            f"Taken together, several elements do not give {asked}, though each is right alone. "
            "Is the mean one over all of them, and not over groups?",
            batch,
            answer.values,
            attempt.expected(batch),
        )


@pytest.mark.points(
    my_huber_loss=0.5,
    my_huber_loss_with_threshold=0.25,
    MyHuberLoss=0.25,
    contrastive_loss=0.5,
    contrastive_loss_with_margin=0.25,
    ContrastiveLoss=0.25,
)
def test_shapes(attempt: ElementwiseAttempt) -> None:
    """works for every batch size and shape that Keras may send"""
    batch = attempt.sample()
    if _should_keep_the_shape(attempt) and attempt.profile.reduction in OTHER_SHAPES:
        answer = attempt.call(batch)
        attempt.fail(
            f"One loss per element comes back, but not in the shape that came in: with tensors of "
            f"shape {batch.y_pred.shape} the result has the shape {answer.shape_in_words}. Does "
            "something in your code squeeze or reshape?",
            batch,
            answer.values,
        )
    shapes: list[tuple[int, ...]] = [(1, 1), (7, 1), (32, 1), (7,), (97, 1)]
    if attempt.spec.topic == Family.HUBER:
        shapes += [(8, 3), (2, 3, 4), (2, 2, 3, 2)]
    batches = {shape: batch.repeated(int(np.prod(shape))).reshaped(*shape) for shape in shapes}
    attempt.ask_ahead(attempt.question(each) for each in batches.values())
    for shape, reshaped in batches.items():
        words = f"With tensors of shape {shape}"
        try:
            attempt.call(reshaped)
            answer = attempt.compared(reshaped)
        except NoAnswer as trouble:
            raise trouble.said(f"{words} there is no answer. {trouble}") from None
        expected = attempt.expected(reshaped)
        if answer.values.shape != expected.shape:
            attempt.fail(
                f"{words} the result has the shape {answer.shape_in_words}. Does something in your "
                "code count on one shape, or pair each element with every other?",
                reshaped,
                answer.values,
            )
        if not close(answer.values, expected, answer.dtype):
            attempt.fail(
                f"{words} the values are wrong, though they are right in a batch of one column.",
                reshaped,
                answer.values,
                expected,
            )


def _should_keep_the_shape(attempt: ElementwiseAttempt) -> bool:
    """Whether one loss per element was asked for; what should be reduced loses its shape anyway."""
    return attempt.spec.topic == Family.HUBER and attempt.spec.kind is not Kind.CLASS


@pytest.mark.points(
    my_huber_loss=0.75,
    my_huber_loss_with_threshold=0.5,
    MyHuberLoss=0.5,
    contrastive_loss=0.75,
    contrastive_loss_with_margin=0.5,
    ContrastiveLoss=0.25,
)
def test_precision(attempt: ElementwiseAttempt) -> None:
    """returns a float32 tensor, exact to single precision"""
    answer = attempt.call(attempt.sample())
    if answer.container != "tensor":
        kind = "a NumPy array" if answer.container == "numpy" else "a plain Python number"
        attempt.fail(
            f"The result is {kind}. Keras needs a tensor: stay with TensorFlow's operations."
        )
    if attempt.coarse:
        attempt.fail(
            "The values hold no more digits than float16 has, though they come back as float32. "
            "Where on the way does the type change? Leave it as it comes in."
        )
    if answer.dtype != "float32":
        attempt.fail(
            f"The result is of type {answer.dtype} where y_pred is float32. Leave the type as it "
            "comes in."
        )
    batches = [batch for numbers in (_FINE, _LARGE) for batch in _exacting(attempt, numbers)]
    attempt.ask_ahead(attempt.question(batch) for batch in batches)
    for batch in batches:
        if not attempt.agrees(batch):
            attempt.fail(
                "Values that need all digits of float32 come out rounded or not finite. Is "
                "something cast to a smaller type, rounded, or shifted by a small constant?",
                batch,
                attempt.compared(batch).values,
                attempt.expected(batch),
            )


def _exacting(attempt: ElementwiseAttempt, numbers: Floats) -> list[Batch]:
    """These errors of both signs, or these distances of both labels: together, if it can be."""
    if attempt.spec.topic == Family.HUBER:
        batches = [errors(numbers), errors(-numbers)]
    else:
        batches = [pairs(label, numbers) for label in (1.0, 0.0)]
    return [Batch.joined(batches)] if attempt.mixes else batches
