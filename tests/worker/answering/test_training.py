"""The small training goes the way that Keras' own `fit` goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from grader.kit.inputs.trainings import LINE, SIAMESE
from grader.kit.interface import TrainingProblem
from grader.worker import wire
from grader.worker.answering import training
from tests.benchmarks.plain import fit

pytestmark = pytest.mark.slow


def huber(y_true: Any, y_pred: Any) -> Any:
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    return tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)


def contrastive(y_true: Any, y_pred: Any) -> Any:
    apart = tf.square(tf.maximum(1.0 - y_pred, 0.0))
    return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * apart)


class Unreduced(tf.keras.losses.Loss):
    """A Loss that leaves its elements as they are."""

    def __init__(self) -> None:
        super().__init__(reduction="none")

    def call(self, y_true: Any, y_pred: Any) -> Any:
        return huber(y_true, y_pred)


def request(problem: TrainingProblem) -> wire.Train:
    """The problem as the judge sends it."""
    x, y, kernel, bias = (
        wire.pack(np.asarray(array, np.float32))
        for array in (problem.x, problem.y, problem.kernel, problem.bias)
    )
    return wire.Train(
        "any", problem.network, x, y, kernel, bias, problem.optimizer, problem.learning_rate,
        problem.steps,
    )  # fmt: skip


def weights(made: wire.Trained | wire.Failure) -> tuple[Any, Any]:
    """Kernel and bias after a training that went well."""
    assert isinstance(made, wire.Trained)
    return wire.unpack(made.kernel), wire.unpack(made.bias)


@pytest.mark.parametrize(
    ("loss", "problem"),
    [
        pytest.param(huber, LINE, id="line"),
        # Once gradients are as small as their rounding, RMSprop divides one rounding by another.
        pytest.param(contrastive, replace(SIAMESE, steps=20), id="siamese"),
    ],
)
def test_weights_are_those_of_fit(loss: Callable[..., Any], problem: TrainingProblem) -> None:
    """A Keras model of Dense layers, trained by `fit` in as many steps, ends where this ends."""
    kernel, bias = weights(training.train(loss, request(problem)))
    fitted_kernel, fitted_bias = weights(fit(loss, request(problem)))
    np.testing.assert_allclose(kernel, fitted_kernel, atol=2e-5)
    np.testing.assert_allclose(bias, fitted_bias, atol=2e-5)


def test_a_loss_without_reduction_trains_by_the_sum() -> None:
    """As TensorFlow takes the gradient of many values: six samples make six times the step."""
    slower = replace(LINE, learning_rate=LINE.learning_rate / len(LINE.x))
    kernel, _ = weights(training.train(huber, request(LINE)))
    summed, _ = weights(training.train(Unreduced(), request(slower)))
    np.testing.assert_allclose(kernel, summed, rtol=1e-4)


@pytest.mark.parametrize(
    ("loss", "reason"),
    [
        pytest.param(lambda t, p: tf.reduce_mean(t), "no gradient", id="a constant"),
        pytest.param(lambda t, p: tf.reduce_mean(tf.sign(p - t)), "trained", id="a flat loss"),
        pytest.param(lambda t, p: 1 / 0, "raised", id="an exception"),
        pytest.param("no loss at all", "raised", id="a word"),
        pytest.param(lambda t, p: tf.reduce_mean(tf.math.log(p - 1e9)), "trained", id="nan"),
    ],
)
def test_what_cannot_teach_is_told_apart(loss: object, reason: str) -> None:
    """No gradient, an exception, or weights that the judge will look at."""
    made = training.train(loss, request(LINE))
    assert (made.reason if isinstance(made, wire.Failure) else "trained") == reason
