"""Trains a tiny Keras model with a student's loss.

`compile` and Keras' own `compute_loss` and `apply_gradients` do the work, as in `fit`; the
steps run in one graph (`tf.while_loop`), which takes a tenth of the time of `fit`.
The judge sends the initial weights and judges the trained ones on inputs of its own.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from . import wire
from .calling import NoLoss, begin, failed, made

keras = tf.keras


class PairDistance(keras.layers.Layer):  # type: ignore[misc,name-defined]
    """The Euclidean distance of each pair: (batch, 2, features) -> (batch, 1)."""

    def call(self, pairs: Any) -> Any:
        """Distances, kept off zero, where the square root has no gradient."""
        squares = tf.reduce_sum(tf.square(pairs[:, 0] - pairs[:, 1]), axis=1, keepdims=True)
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
    model = _model(request)
    optimizers = {"sgd": keras.optimizers.SGD, "rmsprop": keras.optimizers.RMSprop}
    model.compile(
        optimizer=optimizers[request.optimizer](request.learning_rate),
        loss=loss,
        jit_compile=False,
    )
    model.optimizer.build(model.trainable_variables)

    def step(index: Any, losses: Any) -> tuple[Any, Any]:
        with tf.GradientTape() as tape:
            value = model.compute_loss(x=x, y=y, y_pred=model(x, training=True))
        gradients = tape.gradient(value, model.trainable_variables)
        model.optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
        return index + 1, losses.write(index, tf.cast(value, tf.float32))

    @tf.function(autograph=False)
    def run() -> Any:
        losses = tf.TensorArray(tf.float32, size=request.steps, element_shape=())
        _, losses = tf.while_loop(
            lambda index, _: index < request.steps, step, (tf.constant(0), losses)
        )
        return losses.stack()

    losses = run().numpy()
    kernel, bias = model.layers[0].get_weights()
    return wire.Trained(
        wire.pack(np.asarray(kernel, np.float32)),
        wire.pack(np.asarray(bias, np.float32)),
        wire.pack(np.asarray(losses, np.float32)),
    )


def _model(request: wire.Train) -> Any:
    kernel, bias = wire.unpack(request.kernel), wire.unpack(request.bias)
    dense = keras.layers.Dense(kernel.shape[1])
    layers = [keras.Input(request.x.shape[1:]), dense]
    if request.network == "siamese":
        layers.append(PairDistance())
    model = keras.Sequential(layers)
    dense.set_weights([kernel, bias])
    return model
