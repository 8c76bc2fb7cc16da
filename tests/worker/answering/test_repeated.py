"""Many calls of one of Keras' losses: the values are Keras' own, however they are come by."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from grader.worker import wire
from grader.worker.answering.calling import as_value
from grader.worker.answering.repeated import Repeated

pytestmark = pytest.mark.slow

BATCHES = [
    (
        tf.constant(rng.normal(size=(n, 1)), tf.float32),
        tf.constant(rng.normal(size=(n, 1)), "float32"),
    )
    for rng in [np.random.default_rng(0)]
    for n in (1, 7, 48, 160)
]
Base = tf.keras.losses.Loss


class PerElement(tf.keras.losses.Loss):
    """What the course asks for."""

    def call(self, y_true: Any, y_pred: Any) -> Any:
        return tf.square(y_true - y_pred)


class Reduced(tf.keras.losses.Loss):
    def call(self, y_true: Any, y_pred: Any) -> Any:
        return tf.reduce_mean(tf.square(y_true - y_pred))


class LastAxis(tf.keras.losses.Loss):
    def call(self, y_true: Any, y_pred: Any) -> Any:
        return tf.reduce_mean(tf.square(y_true - y_pred), axis=-1)


class OwnCall(PerElement):
    def __call__(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:
        return 3.0 * super().__call__(y_true, y_pred, sample_weight)


class Half(tf.keras.losses.Loss):
    def call(self, y_true: Any, y_pred: Any) -> Any:
        return tf.cast(tf.square(y_true - y_pred), tf.float16)


class Numpy(tf.keras.losses.Loss):
    def call(self, y_true: Any, y_pred: Any) -> Any:
        return np.square(y_true.numpy() - y_pred.numpy())


class NoSuper(PerElement):
    def __init__(self) -> None:
        pass


class Raising(tf.keras.losses.Loss):
    def call(self, y_true: Any, y_pred: Any) -> Any:
        if len(y_true) == 48:
            raise ValueError(48)
        return tf.square(y_true - y_pred)


class OddReduction(PerElement):
    """Its reduction can't be compared with a word."""

    def __init__(self) -> None:
        super().__init__()
        self.reduction = np.array([1, 2])

    def __call__(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:
        return tf.reduce_mean(self.call(y_true, y_pred))


class Sparse(tf.keras.losses.Loss):
    def call(self, y_true: Any, y_pred: Any) -> Any:
        return tf.sparse.from_dense(tf.square(y_true - y_pred))


def _given(loss: Any, *inputs: Any) -> wire.Value | wire.Failure | str:
    try:
        return as_value(loss(*inputs))
    except Exception as error:  # noqa: BLE001 - which it is, is compared
        return repr(type(error))


@pytest.mark.parametrize(
    "made",
    [
        PerElement,
        Reduced,
        LastAxis,
        OwnCall,
        Half,
        Numpy,
        NoSuper,
        Raising,
        OddReduction,
        Sparse,
        lambda: PerElement(reduction="sum"),
        lambda: PerElement(reduction="none"),
        lambda: PerElement(dtype="float64"),
        lambda: PerElement(name="a name"),
    ],
)
def test_values_are_those_of_keras_to_the_bit(made: Any) -> None:
    """Whatever a class does, and whichever call of a message it is."""
    repeated = Repeated()
    for _ in range(2):
        repeated.anew()
        for batch in BATCHES:
            try:
                got: Any = repeated.eager(made(), *batch)
            except Exception as error:  # noqa: BLE001 - as above
                got = repr(type(error))
            assert got == _given(made(), *batch)


def test_each_message_begins_with_the_object_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not the first of a message is asked of its method alone."""
    called: list[int] = []

    class Counted(PerElement):
        def call(self, y_true: Any, y_pred: Any) -> Any:
            return super().call(y_true, y_pred)

    keras = Base.__call__

    def counting(self: Any, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:
        called.append(len(y_true))
        return keras(self, y_true, y_pred, sample_weight)

    monkeypatch.setattr(Base, "__call__", counting)
    repeated = Repeated()
    for _ in range(2):
        repeated.anew()
        for batch in BATCHES:
            repeated.eager(Counted(), *batch)
    assert called == [1, 1]
