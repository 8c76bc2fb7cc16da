"""The checks. A function's docstring is what students read; its markers say what it is worth.

One that is marked `public` is also given to students: what it gives to `attempt.check` becomes the
self-check in their notebook. Of all others no number leaves this file.
"""

import numpy as np
import pytest

from grader.kit.tensors import TensorAttempt

# Inputs that no student sees: numbers of both signs, and several shapes.
Y_TRUE = np.array([[1.0, -2.0, 0.5], [3.0, 0.0, -1.5]])
Y_PRED = np.array([[1.5, -2.0, -3.0], [2.75, 4.0, -1.25]])


def absolute_error(y_true: np.ndarray, y_pred: np.ndarray) -> np.ndarray:
    """What is expected, written once more and in NumPy, so that a wrong reference is found."""
    return np.abs(y_true - y_pred)


@pytest.mark.points(absolute_error=5)
def test_values(attempt: TensorAttempt) -> None:
    """each error costs its size"""
    attempt.check(
        absolute_error(Y_TRUE, Y_PRED),
        Y_TRUE,
        Y_PRED,
        message="Each error should cost its size, whatever its sign: one number for each element.",
    )


@pytest.mark.public
@pytest.mark.points(absolute_error=1)
@pytest.mark.needs("values")
def test_by_hand(attempt: TensorAttempt) -> None:
    """an error of 2 costs 2, whatever its sign"""
    attempt.check(
        [2.0, 2.0, 0.0],
        [1.0, 5.0, 4.0],
        [3.0, 3.0, 4.0],
        message="What becomes of a negative number?",
    )


@pytest.mark.points(absolute_error=2)
@pytest.mark.needs("values")
def test_gradient(attempt: TensorAttempt) -> None:
    """its gradient points the way its values say"""
    attempt.check(
        np.sign(Y_PRED[:, ::2] - Y_TRUE[:, ::2]),
        Y_TRUE[:, ::2],
        Y_PRED[:, ::2],
        mode="gradient",
        message="The values are right, but the gradient is not theirs. Does every step go through "
        "TensorFlow's operations?",
    )


@pytest.mark.points(absolute_error=2)
@pytest.mark.needs("values")
def test_graph(attempt: TensorAttempt) -> None:
    """it works in a graph, as in a training"""
    attempt.check(
        absolute_error(Y_TRUE, Y_PRED),
        Y_TRUE,
        Y_PRED,
        mode="graph",
        message="Inside a tf.function the values differ from those of a direct call.",
    )
