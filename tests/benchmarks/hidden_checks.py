"""Hidden tests as cells of a notebook have them: values asked for, and asserts about them.

The text of this module stands in every test cell of the baselines, so it imports what a
student's notebook has as well, and nothing else.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import tensorflow as tf


def made(target: Any, making: list[list[Any]], use: int) -> Any:
    """The loss: the target itself, or what it makes of a threshold or margin."""
    losses = [target(**{word: value}) if word else target(value) for value, word in making]
    return losses[use] if losses else target


def answer(loss: Any, mode: str, y_true: Any, y_pred: Any) -> Any:
    """What the loss returns when called directly, or in a graph; or its gradient."""
    if mode == "eager":
        return loss(y_true, y_pred)
    if mode == "graph":
        spec = tf.TensorSpec([None, *y_pred.shape[1:]], tf.float32)
        return tf.function(loss, input_signature=[spec, spec])(y_true, y_pred)
    with tf.GradientTape() as tape:
        tape.watch(y_pred)
        total = tf.reduce_sum(loss(y_true, y_pred))
    return tape.gradient(total, y_pred)


def check_values(target: Any, questions: str) -> None:
    """Every question gets the answer it should."""
    for each in json.loads(questions):
        loss = made(target, each["make"], each["use"])
        y_true = tf.constant(each["y_true"], tf.float32)
        y_pred = tf.constant(each["y_pred"], tf.float32)
        got, want = answer(loss, each["mode"], y_true, y_pred), np.array(each["want"])
        assert got.dtype == tf.float32
        assert got.shape == want.shape
        assert np.allclose(got.numpy(), want, rtol=1e-5, atol=1e-6)


def check_training(target: Any, problem: str) -> None:
    """A small model compiled with the loss learns."""
    asked = json.loads(problem)
    x, y = np.array(asked["x"], np.float32), np.array(asked["y"], np.float32)
    kernel, bias = np.array(asked["kernel"]), np.array(asked["bias"])
    dense = tf.keras.layers.Dense(kernel.shape[1])
    inputs = tf.keras.Input(x.shape[1:])
    outputs = dense(inputs)
    if asked["network"] == "siamese":
        outputs = Distance()(outputs)
    model = tf.keras.Model(inputs, outputs)
    dense.set_weights([kernel, bias])
    optimizers = {"sgd": tf.keras.optimizers.SGD, "rmsprop": tf.keras.optimizers.RMSprop}
    optimizer = optimizers[asked["optimizer"]](asked["learning_rate"])
    model.compile(optimizer=optimizer, loss=made(target, asked["make"], 0))
    # One epoch of that many steps: an epoch each would cost a multiple of it.
    steps = asked["steps"]
    x_many, y_many = np.concatenate([x] * steps), np.concatenate([y] * steps)
    model.fit(x_many, y_many, batch_size=len(x), shuffle=False, verbose=0)
    got = model(np.array(asked["held_out"], np.float32)).numpy().ravel()
    if asked["network"] == "line":
        assert np.all(np.abs(got - asked["target"]) <= asked["slack"])
    else:
        similar = np.array(asked["similar"])
        assert np.mean(got[similar][:, None] < got[~similar][None, :]) >= 0.9


class Distance(tf.keras.layers.Layer):
    """How far apart the two rows of each pair are."""

    def call(self, rows: Any) -> Any:
        """The distances, kept off zero."""
        squares = tf.reduce_sum(tf.square(rows[:, 0] - rows[:, 1]), axis=1, keepdims=True)
        return tf.sqrt(tf.maximum(squares, 1e-7))
