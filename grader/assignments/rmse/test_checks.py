"""The checks of `my_rmse`: the root of the mean of all squared errors, one number for a batch."""

from __future__ import annotations

import numpy as np
import pytest

from grader.kit.inputs.drawn import stratified
from grader.kit.interface import NoAnswer
from grader.kit.tensors import TensorAttempt
from grader.kit.tolerance import close

_DRAWN = stratified(-9.0, 9.0, 24, seed=1)
_TRUE = np.resize([0.5, -1.0, 2.0, 0.0, -1.5, 1.0, 3.25], 24)
BATCHES = (
    (np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.75, 1.0, 5.5, 4.0])),
    (_TRUE, _TRUE + _DRAWN),
    (100 * _TRUE, 100 * _TRUE + _DRAWN / 8),
    (_TRUE, np.full(24, -40.5)),
)


def rmse(y_true: np.ndarray, y_pred: np.ndarray) -> np.ndarray:
    """What is expected, in double precision."""
    return np.sqrt(np.mean(np.square(_float32(y_true) - _float32(y_pred))))


def _float32(numbers: np.ndarray) -> np.ndarray:
    return np.asarray(numbers, dtype=np.float32).astype(np.float64)


def _each_element(attempt: TensorAttempt, y_true: np.ndarray, y_pred: np.ndarray) -> bool:
    """Whether what comes back is one number for each element."""
    return attempt.call(y_true, y_pred).values.size == y_pred.size > 1


@pytest.mark.points(my_rmse=5)
def test_values(attempt: TensorAttempt) -> None:
    """it is the root of the mean squared error"""
    attempt.ahead(BATCHES)
    for y_true, y_pred in BATCHES:
        got, want = attempt.call(y_true, y_pred), rmse(y_true, y_pred)
        if _each_element(attempt, y_true, y_pred):
            attempt.fail(
                "One number for each element comes back. The errors of a whole batch should "
                "become one number: which step is missing?",
                y_true, y_pred, got=got.values, want=want,
            )  # fmt: skip
        # Its shape is another check's business.
        if not close(got.values.reshape(-1), want.reshape(-1), got.dtype):
            attempt.fail(
                "The values are not the root of the mean squared error. In which order do the "
                "square, the mean and the root come?",
                y_true, y_pred, got=got.values, want=want,
            )  # fmt: skip


@pytest.mark.public
@pytest.mark.points(my_rmse=2)
@pytest.mark.needs("values")
def test_by_hand(attempt: TensorAttempt) -> None:
    """errors of 3 and 4 make the root of 12.5"""
    words = "Redo it by hand: square each error, take the mean of all squares, and then its root."
    attempt.check(np.sqrt(12.5), [5.0, 1.0], [2.0, 5.0], message=words)
    attempt.check(2.0, [[1.0], [0.0], [-2.0]], [[3.0], [2.0], [-4.0]], message=words)


@pytest.mark.points(my_rmse=3)
@pytest.mark.needs("values")
def test_one_number(attempt: TensorAttempt) -> None:
    """a batch of any shape becomes one number"""
    y_true, y_pred = BATCHES[1]
    for shape in ((24,), (24, 1), (8, 3), (2, 3, 4), (1, 24)):
        attempt.check(
            rmse(y_true, y_pred),
            y_true.reshape(shape),
            y_pred.reshape(shape),
            message=f"With tensors of shape {shape} the result should be one number, of shape (). "
            "Over which axes is the mean?",
        )


@pytest.mark.points(my_rmse=2)
@pytest.mark.needs("values")
def test_no_error(attempt: TensorAttempt) -> None:
    """it is zero where every prediction is right"""
    y_true, _ = BATCHES[0]
    got = attempt.call(y_true, y_true)
    if not close(got.values.reshape(-1), np.zeros(1), got.dtype):
        attempt.fail("Without any error it should be zero.", y_true, y_true, got=got.values)


@pytest.mark.points(my_rmse=3)
@pytest.mark.part("use")
@pytest.mark.needs("values")
def test_gradient(attempt: TensorAttempt) -> None:
    """its gradient points the way its values say"""
    y_true, y_pred = BATCHES[1]
    slopes = (_float32(y_pred) - _float32(y_true)) / (y_pred.size * rmse(y_true, y_pred))
    attempt.check(
        slopes,
        y_true,
        y_pred,
        mode="gradient",
        message="The values are right, but the gradient is not theirs. Does every step from y_pred "
        "to the result go through TensorFlow's operations?",
    )


@pytest.mark.points(my_rmse=3)
@pytest.mark.part("use")
@pytest.mark.needs("values")
def test_graph(attempt: TensorAttempt) -> None:
    """it works in a graph, where the batch size is unknown"""
    words = "It works when called directly, but not inside a tf.function, as training needs."
    y_true, y_pred = BATCHES[1]
    try:
        got = attempt.call(y_true, y_pred, mode="graph")
    except NoAnswer as trouble:
        raise trouble.said(f"{words} {trouble}") from None
    if not close(got.values, attempt.call(y_true, y_pred).values, got.dtype):
        attempt.fail("Inside a tf.function the values differ from those of a direct call.")


@pytest.mark.points(my_rmse=2)
@pytest.mark.part("form")
@pytest.mark.needs("values")
def test_type(attempt: TensorAttempt) -> None:
    """it returns a float32 tensor"""
    got = attempt.call(*BATCHES[0])
    if got.container != "tensor":
        attempt.fail("The result is no tensor. Stay with TensorFlow's operations to the end.")
    if got.dtype != "float32":
        attempt.fail(f"The result is of type {got.dtype}, where y_pred is float32.")
