"""The small training goes the way that Keras' own `fit` goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from grader.rubric.asking import TrainingProblem
from grader.rubric.training_problems import LINE, SIAMESE
from grader.worker import training, wire

pytestmark = pytest.mark.slow

keras = tf.keras


def huber(y_true: Any, y_pred: Any) -> Any:
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    return tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)


def contrastive(y_true: Any, y_pred: Any) -> Any:
    apart = tf.square(tf.maximum(1.0 - y_pred, 0.0))
    return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * apart)


class Unreduced(keras.losses.Loss):
    """A Loss that leaves its elements as they are."""

    def __init__(self) -> None:
        super().__init__(reduction="none")

    def call(self, y_true: Any, y_pred: Any) -> Any:
        return huber(y_true, y_pred)


def distance(pair: Any) -> Any:
    """The course's distance of two vectors."""
    squares = tf.reduce_sum(tf.square(pair[0] - pair[1]), axis=1, keepdims=True)
    return tf.sqrt(tf.maximum(squares, 1e-7))


def trained(loss: object, problem: TrainingProblem) -> wire.Trained | wire.Failure:
    """What the worker makes of it."""
    arrays = [
        wire.pack(np.asarray(array, np.float32))
        for array in (problem.x, problem.y, problem.kernel, problem.bias)
    ]
    request = wire.Train(
        "any", problem.network, *arrays, problem.optimizer, problem.learning_rate, problem.steps
    )
    return training.train(loss, request)


def fitted(loss: object, problem: TrainingProblem) -> tuple[Any, Any, Any]:
    """Kernel, bias and losses after Keras' own `fit`, all samples in one batch."""
    dense = keras.layers.Dense(problem.kernel.shape[1])
    if problem.network == "line":
        inputs = keras.Input((problem.x.shape[1],))
        outputs = dense(inputs)
    else:
        inputs = keras.Input(problem.x.shape[1:])
        outputs = keras.layers.Lambda(distance, output_shape=(1,))(
            [dense(inputs[:, 0]), dense(inputs[:, 1])]
        )
    model = keras.Model(inputs, outputs)
    dense.set_weights([problem.kernel, problem.bias])
    optimizer = {"sgd": keras.optimizers.SGD, "rmsprop": keras.optimizers.RMSprop}
    model.compile(optimizer=optimizer[problem.optimizer](problem.learning_rate), loss=loss)
    history = model.fit(
        problem.x, problem.y, batch_size=len(problem.x), epochs=problem.steps, shuffle=False,
        verbose=0,
    )  # fmt: skip
    return (*dense.get_weights(), history.history["loss"])


@pytest.mark.parametrize(
    ("loss", "problem"),
    [pytest.param(huber, LINE, id="line"), pytest.param(contrastive, SIAMESE, id="siamese")],
)
def test_weights_and_losses_are_those_of_fit(
    loss: Callable[..., Any], problem: TrainingProblem
) -> None:
    """Step for step the same loss, and the same weights in the end."""
    made = trained(loss, problem)
    assert isinstance(made, wire.Trained)
    kernel, bias, losses = fitted(loss, problem)
    np.testing.assert_allclose(wire.unpack(made.losses), losses, rtol=0.02, atol=1e-4)
    # RMSprop divides small gradients by themselves, which makes rounding visible.
    np.testing.assert_allclose(wire.unpack(made.kernel), kernel, atol=0.02)
    np.testing.assert_allclose(wire.unpack(made.bias), bias, atol=2e-3)


def test_a_loss_without_reduction_trains_by_the_sum() -> None:
    """As TensorFlow takes the gradient of many values: six samples make six times the step."""
    once = trained(huber, LINE)
    slower = TrainingProblem(
        LINE.network, LINE.x, LINE.y, LINE.kernel, LINE.bias, "sgd", LINE.learning_rate / 6, 60
    )
    summed = trained(Unreduced(), slower)
    assert isinstance(once, wire.Trained)
    assert isinstance(summed, wire.Trained)
    np.testing.assert_allclose(wire.unpack(once.kernel), wire.unpack(summed.kernel), rtol=1e-4)


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
    made = trained(loss, LINE)
    assert (made.reason if isinstance(made, wire.Failure) else "trained") == reason
