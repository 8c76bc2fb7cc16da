"""Trains a tiny model with a student's loss.

The loss is compiled into a Keras model, and its value and gradient come from the model's own
`compute_loss`, traced once as `fit` does. What lies under it, one linear layer and one of two
optimizers, is a few lines of NumPy: as layers of Keras they would take four times as long to
trace as the loss.
The judge sends the initial weights and judges the trained ones on inputs of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf

from .. import wire
from .calling import NoLoss, begin, failed, made

keras = tf.keras

# Distances are kept off zero, where the square root has no gradient.
_LEAST_SQUARE = np.float32(1e-7)
# As in Keras' RMSprop.
_RHO, _EPSILON = np.float32(0.9), np.float32(1e-7)


@dataclass
class Linear:
    """y_pred = x @ kernel + bias.

    x: (batch, features). kernel: (features, units). bias: (units,). All float32.
    """

    x: Any
    kernel: Any
    bias: Any

    def predict(self) -> Any:
        """Predictions of shape (batch, units)."""
        return self.x @ self.kernel + self.bias

    def gradients(self, slope: Any) -> tuple[Any, Any]:
        """Those of kernel and bias, from the loss' gradient for the predictions."""
        return self.x.T @ slope, slope.sum(axis=0)


@dataclass
class Siamese:
    """The Euclidean distance of both halves of a pair, each sent through one linear layer.

    x: (batch, 2, features). kernel: (features, units). bias: (units,), which cancels out and
    stays as it is. All float32.
    """

    x: Any
    kernel: Any
    bias: Any

    def predict(self) -> Any:
        """Distances of shape (batch, 1)."""
        self._apart = self._inputs @ self.kernel
        squares = np.square(self._apart).sum(axis=1, keepdims=True)
        self._kept = squares > _LEAST_SQUARE
        self._distances = np.sqrt(np.maximum(squares, _LEAST_SQUARE))
        return self._distances

    def gradients(self, slope: Any) -> tuple[Any, Any]:
        """Those of kernel and bias, from the loss' gradient for the last distances."""
        share = np.where(self._kept, slope / self._distances, np.float32(0))
        return self._inputs.T @ (share * self._apart), np.zeros_like(self.bias)

    @property
    def _inputs(self) -> Any:
        return self.x[:, 0] - self.x[:, 1]


_NETWORKS: dict[str, type[Linear | Siamese]] = {"line": Linear, "siamese": Siamese}


class _Optimizer:
    """Gradient descent, plain or divided by the size of the last gradients (RMSprop)."""

    def __init__(self, name: str, rate: float) -> None:
        self._plain, self._rate = name == "sgd", np.float32(rate)
        self._squares: list[Any] = [np.float32(0), np.float32(0)]

    def applied(self, network: Linear | Siamese, gradients: tuple[Any, Any]) -> None:
        """Take one step with the network's weights."""
        network.kernel = network.kernel - self._rate * self._scaled(0, gradients[0])
        network.bias = network.bias - self._rate * self._scaled(1, gradients[1])

    def _scaled(self, which: int, gradient: Any) -> Any:
        if self._plain:
            return gradient
        mean = _RHO * self._squares[which] + (1 - _RHO) * np.square(gradient)
        self._squares[which] = mean
        return gradient / np.sqrt(mean + _EPSILON)


class _NoGradientError(Exception):
    """The loss does not depend on y_pred, as far as TensorFlow can tell."""


def train(target: Any, request: wire.Train) -> wire.Trained | wire.Failure:
    """Train as `request` says and return the weights."""
    begin()
    try:
        loss = made(target, request.make)[0]
        return _train(loss, request)
    except NoLoss as problem:
        return problem.reply
    except _NoGradientError:
        return wire.Failure("no gradient")
    except BaseException as error:  # noqa: BLE001 - SystemExit and the like are answers too
        return failed(error, "raised")


def _train(loss: Any, request: wire.Train) -> wire.Trained:
    kernel, bias = wire.unpack(request.kernel), wire.unpack(request.bias)
    network = _NETWORKS[request.network](wire.unpack(request.x), kernel, bias)
    optimizer = _Optimizer(request.optimizer, request.learning_rate)
    ask = _compiled(loss, wire.unpack(request.y))
    losses = []
    # Weights may grow beyond what a float holds: then they are that, and the judge says so.
    with np.errstate(all="ignore"):
        for _ in range(request.steps):
            value, slope = ask(tf.constant(network.predict()))
            losses.append(float(value))
            optimizer.applied(network, network.gradients(slope.numpy()))
    return wire.Trained(
        wire.pack(np.asarray(network.kernel, np.float32)),
        wire.pack(np.asarray(network.bias, np.float32)),
        wire.pack(np.asarray(losses, np.float32)),
    )


def _compiled(loss: Any, y_true: Any) -> Callable[[Any], tuple[Any, Any]]:
    """From predictions to the loss, and to its gradient for them, as a compiled model has it."""
    model = keras.Model()
    model.compile(optimizer=None, loss=loss, jit_compile=False)
    y = tf.constant(y_true)

    # Predictions have the labels' shape here. One signature: a call need not look for its trace.
    @tf.function(autograph=False, input_signature=[tf.TensorSpec(y.shape, tf.float32)])
    def ask(y_pred: Any) -> tuple[Any, Any]:
        with tf.GradientTape() as tape:
            tape.watch(y_pred)
            value = model.compute_loss(y=y, y_pred=y_pred)
        slope = tape.gradient(value, y_pred)
        if slope is None:
            raise _NoGradientError
        # A loss with reduction="none" trains as well: the gradient of its elements is their sum's.
        return tf.reduce_mean(value), tf.convert_to_tensor(slope)

    return ask.get_concrete_function()
