"""What students wrote: wrong in the ways that people are, or right in an unusual way.

Imports TensorFlow, so tests import this file only when they run. Plain answers of two
arguments are asked as functions, those of one argument as wrappers.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import tensorflow as tf
from keras import backend as K  # noqa: N812 - the name that course texts use

from grader.assignments.custom_losses.exercises import BY_NAME

PROJECT = Path(__file__).resolve().parents[2]
Loss: Any = tf.keras.losses.Loss


def of_notebook(path: Path) -> dict[str, Any]:
    """The six losses that a notebook defines."""
    namespace: dict[str, Any] = {"tf": tf}
    for cell in nbformat.read(path, 4).cells:
        if cell.cell_type == "code":
            first = ast.parse(cell.source).body[0]
            if isinstance(first, ast.FunctionDef | ast.ClassDef) and first.name in BY_NAME:
                exec(compile(cell.source, cell.id, "exec"), namespace)
    return {name: namespace[name] for name in BY_NAME}


REFERENCE = of_notebook(PROJECT / "solutions/custom_losses.ipynb")
STARTER = of_notebook(PROJECT / "assignment/custom_losses.ipynb")
huber, huber_with = REFERENCE["my_huber_loss"], REFERENCE["my_huber_loss_with_threshold"]
contrastive = REFERENCE["contrastive_loss"]
contrastive_with = REFERENCE["contrastive_loss_with_margin"]

# Huber, wrong ----------------------------------------------------------------------------


def not_halved(y_true: Any, y_pred: Any) -> Any:
    """Small errors without the half."""
    a = y_true - y_pred
    return tf.where(tf.abs(a) <= 1, tf.square(a), tf.abs(a) - 0.5)


def no_offset(y_true: Any, y_pred: Any) -> Any:
    """Large errors without what is taken off."""
    a = y_true - y_pred
    return tf.where(tf.abs(a) <= 1, tf.square(a) / 2, tf.abs(a))


def no_abs(y_true: Any, y_pred: Any) -> Any:
    """A negative error always counts as small."""
    a = y_true - y_pred
    return tf.where(a <= 1, tf.square(a) / 2, tf.abs(a) - 0.5)


def branches_swapped(y_true: Any, y_pred: Any) -> Any:
    """Small errors linear, large ones squared."""
    a = y_true - y_pred
    return tf.where(tf.abs(a) <= 1, tf.abs(a) - 0.5, tf.square(a) / 2)


def a_pair(y_true: Any, y_pred: Any) -> Any:
    """Both branches, and no choice."""
    return tf.square(y_true - y_pred) / 2, tf.abs(y_true - y_pred) - 0.5


def a_condition(y_true: Any, y_pred: Any) -> Any:
    """Which errors are small."""
    return tf.abs(y_true - y_pred) <= 1


def caret(y_true: Any, y_pred: Any) -> Any:
    """A power as other languages write it."""
    return (y_true - y_pred) ^ 2


def where_without_branches(y_true: Any, y_pred: Any) -> Any:
    """The choice, and nothing to choose from."""
    return tf.where(tf.abs(y_true - y_pred) <= 1)


def helper_returns_nothing(y_true: Any, y_pred: Any) -> Any:
    """A helper that computes and forgets."""

    def squared(a: Any) -> Any:
        tf.square(a)

    return squared(y_true - y_pred) / 2


def mean(y_true: Any, y_pred: Any) -> Any:
    """The mean, where one loss for each element is asked for."""
    return tf.reduce_mean(huber(y_true, y_pred))


def python_if(y_true: Any, y_pred: Any) -> Any:
    """Decides once for the whole tensor."""
    a = y_true - y_pred
    if tf.abs(a) <= 1:
        return tf.square(a) / 2
    return tf.abs(a) - 0.5


def no_return(y_true: Any, y_pred: Any) -> None:
    """Computes and forgets."""
    huber(y_true, y_pred)


def misspelt(y_true: Any, y_pred: Any) -> Any:
    """An operation that does not exist."""
    return tf.sqare(y_true - y_pred)


def no_slope_at_zero(y_true: Any, y_pred: Any) -> Any:
    """Right values, by way of a square root whose slope at 0 is infinite."""
    a = y_true - y_pred
    return huber(y_true, y_pred) + tf.sqrt(tf.square(a)) - tf.abs(a)


def python_number(y_true: Any, y_pred: Any) -> float:
    """No tensor at all."""
    return 0.18


def float64(y_true: Any, y_pred: Any) -> Any:
    """Twice the precision that was asked for."""
    return tf.cast(huber(y_true, y_pred), tf.float64)


def one_argument(error: Any) -> Any:
    """Expects the error itself."""
    return tf.abs(error)


def returns_nothing(threshold: float) -> None:
    """Defines the loss and does not return it."""


def inner_returns_nothing(threshold: float) -> Any:
    """A wrapper of a loss that computes and forgets."""

    def loss(y_true: Any, y_pred: Any) -> None:
        huber(y_true, y_pred)

    return loss


def inner_takes_one(threshold: float) -> Any:
    """A wrapper of something that expects the error itself."""
    return lambda error: tf.abs(error)


def threshold_ignored(threshold: float) -> Any:
    """Always threshold 1."""
    return huber


class NoBase:
    """No subclass of anything."""

    def __init__(self, threshold: float = 1.0) -> None:
        self.threshold = threshold


class NoSuper(Loss):
    """Keras never gets to set itself up."""

    def __init__(self, threshold: float = 1.0) -> None:
        self.threshold = threshold

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """As Keras wants it."""
        return huber_with(self.threshold)(y_true, y_pred)


class NoCall(Loss):
    """Only half of the class."""

    def __init__(self, threshold: float = 1.0) -> None:
        super().__init__()
        self.threshold = threshold


class CallReturnsNothing(Loss):
    """Computes and forgets."""

    def __init__(self, threshold: float = 1.0) -> None:
        super().__init__()
        self.threshold = threshold

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Nothing."""
        huber_with(self.threshold)(y_true, y_pred)


class CallReturnsAList(CallReturnsNothing):
    """What Keras would turn into a tensor of two."""

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Two tensors."""
        return [y_true - y_pred, y_true]


class OtherAttribute(CallReturnsNothing):
    """Kept under one name, used under another."""

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """As Keras wants it."""
        return huber_with(self.treshold)(y_true, y_pred)


class NoSuperAndNoHalf(Loss):
    """Two mistakes, of which one must not hide the other."""

    def __init__(self, threshold: float = 1.0) -> None:
        self.threshold = threshold

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """As Keras wants it."""
        a, d = y_true - y_pred, self.threshold
        return tf.where(tf.abs(a) <= d, tf.square(a), d * (tf.abs(a) - d / 2))


def class_of(formula: Any) -> Any:
    """A class whose values are those of a formula written with NumPy."""

    class Made(Loss):
        def __init__(self, threshold: float = 1.0, margin: float = 1.0) -> None:
            super().__init__()
            self.hyper = threshold * margin

        def call(self, y_true: Any, y_pred: Any) -> Any:
            values = formula(y_true.numpy(), y_pred.numpy(), self.hyper)
            return tf.constant(values, tf.float32)

    return Made


class OtherKeyword(Loss):
    """The threshold under another name."""

    def __init__(self, delta: float = 1.0) -> None:
        super().__init__()
        self.delta = delta

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """As Keras wants it."""
        return huber_with(self.delta)(y_true, y_pred)


class SharedThreshold(Loss):
    """The threshold of the class, not of the object."""

    threshold = 1.0

    def __init__(self, threshold: float = 1.0) -> None:
        super().__init__()
        SharedThreshold.threshold = threshold

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """As Keras wants it."""
        return huber_with(SharedThreshold.threshold)(y_true, y_pred)


# Contrastive, wrong ----------------------------------------------------------------------


def labels_swapped(y_true: Any, y_pred: Any) -> Any:
    """Similar pairs are pushed apart."""
    return contrastive(1 - y_true, y_pred)


def one_minus_distance(y_true: Any, y_pred: Any) -> Any:
    """Takes y_pred for a similarity."""
    pairs = y_true * tf.square(1 - y_pred) + (1 - y_true) * tf.square(tf.maximum(y_pred, 0.0))
    return tf.reduce_mean(pairs)


def arguments_exchanged(y_pred: Any, y_true: Any) -> Any:
    """The right formula, with its arguments in the other order."""
    return contrastive(y_true, y_pred)


def mean_of_two(y_true: Any, y_pred: Any) -> Any:
    """Two terms beside each other where a sum is meant."""
    different = tf.square(tf.maximum(1 - y_pred, 0.0))
    return tf.reduce_mean(y_true * tf.square(y_pred), (1 - y_true) * different)


def no_maximum(y_true: Any, y_pred: Any) -> Any:
    """Pairs beyond the margin still pay."""
    pairs = y_true * tf.square(y_pred) + (1 - y_true) * tf.square(1 - y_pred)
    return tf.reduce_mean(pairs)


def no_mean(y_true: Any, y_pred: Any) -> Any:
    """One loss for each pair."""
    different = tf.square(tf.maximum(1 - y_pred, 0.0))
    return y_true * tf.square(y_pred) + (1 - y_true) * different


def numpy_inside(y_true: Any, y_pred: Any) -> Any:
    """One term by NumPy."""
    different = np.square(np.maximum(1 - y_pred, 0))
    return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * different)


def an_int_first(y_true: Any, y_pred: Any) -> Any:
    """Right by value; in a graph an int and a float do not match."""
    different = tf.square(tf.maximum(0, 1 - y_pred))
    return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * different)


def backend_of_keras_2(y_true: Any, y_pred: Any) -> Any:
    """What older texts use."""
    return K.mean(y_true * K.square(y_pred))


def halves(y_true: Any, y_pred: Any) -> Any:
    """As the paper has it, with a half."""
    return contrastive(y_true, y_pred) / 2


def margin_ignored(margin: float) -> Any:
    """Always margin 1."""
    return contrastive


# Right, though written otherwise ---------------------------------------------------------


def keras_ops(y_true: Any, y_pred: Any) -> Any:
    """Huber by Keras' own operations, with < for <=."""
    a = tf.keras.ops.abs(y_pred - y_true)
    return tf.keras.ops.where(a < 1, a**2 / 2, a - 0.5)


def no_branches(threshold: float) -> Any:
    """Huber as a lambda without any choice."""
    return lambda y, p: (
        0.5 * tf.minimum(abs(p - y), threshold) ** 2
        + threshold * tf.maximum(abs(p - y) - threshold, 0.0)
    )


def returns_an_object(margin: float) -> Any:
    """The wrapper makes an object of the class."""
    return REFERENCE["ContrastiveLoss"](margin)


class MeanInCall(Loss):
    """A class whose `call` returns the mean already."""

    def __init__(self, margin: float = 1.0) -> None:
        super().__init__()
        self.margin = margin

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """As Keras wants it."""
        return contrastive_with(self.margin)(y_true, y_pred)
