"""Trains a tiny Keras model with a student's loss.

`compile` and Keras' own `compute_loss` and `apply_gradients` do the work, as in `fit`: one
step is traced into a graph as `fit` does, and run again and again without its data pipeline
and callbacks, which take most of the time of a small `fit`.
The judge sends the initial weights and judges the trained ones on inputs of its own.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from . import wire
from .calling import NoLoss, begin, failed, made

keras = tf.keras


class SmallModel(keras.Model):  # type: ignore[name-defined]
    """A Dense layer with given weights; for pairs, followed by their Euclidean distance.

    Input (batch, features) or (batch, 2, features); output (batch, units) or (batch, 1).
    A subclass is built in half the time of a `Sequential`.
    """

    def __init__(self, kernel: Any, bias: Any, *, pairs: bool) -> None:
        super().__init__()
        self.dense = keras.layers.Dense(kernel.shape[1])
        self.dense.build((None, kernel.shape[0]))
        self.dense.set_weights([kernel, bias])
        self.pairs = pairs
        self.built = True

    def call(self, inputs: Any) -> Any:
        """Predictions, or distances kept off zero, where the square root has no gradient."""
        if not self.pairs:
            return self.dense(inputs)
        apart = self.dense(inputs[:, 0]) - self.dense(inputs[:, 1])
        squares = tf.reduce_sum(tf.square(apart), axis=1, keepdims=True)
        return tf.sqrt(tf.maximum(squares, 1e-7))


def train(target: Any, request: wire.Train) -> wire.Trained | wire.Failure:
    """Train as `request` says and return the weights."""
    begin()
    try:
        loss = made(target, request.make)[0]
        return _train(loss, request)
    except NoLoss as problem:
        return problem.reply
    except BaseException as error:  # noqa: BLE001 - SystemExit and the like are answers too
        return failed(error, "raised")


def _train(loss: Any, request: wire.Train) -> wire.Trained:
    x = tf.constant(wire.unpack(request.x))
    y = tf.constant(wire.unpack(request.y))
    kernel, bias = wire.unpack(request.kernel), wire.unpack(request.bias)
    model = SmallModel(kernel, bias, pairs=request.network == "siamese")
    optimizers = {"sgd": keras.optimizers.SGD, "rmsprop": keras.optimizers.RMSprop}
    model.compile(
        optimizer=optimizers[request.optimizer](request.learning_rate),
        loss=loss,
        jit_compile=False,
    )
    model.optimizer.build(model.trainable_variables)

    @tf.function(autograph=False)
    def step() -> Any:
        with tf.GradientTape() as tape:
            value = model.compute_loss(x=x, y=y, y_pred=model(x, training=True))
        gradients = tape.gradient(value, model.trainable_variables)
        model.optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
        # A loss with reduction="none" trains as well: the gradient of its elements is their sum's.
        return tf.reduce_mean(value)

    traced = step.get_concrete_function()
    losses = [float(traced()) for _ in range(request.steps)]
    kernel, bias = model.dense.get_weights()
    return wire.Trained(
        wire.pack(np.asarray(kernel, np.float32)),
        wire.pack(np.asarray(bias, np.float32)),
        wire.pack(np.asarray(losses, np.float32)),
    )
