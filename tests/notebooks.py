"""Small notebooks for tests, written cell by cell."""

from __future__ import annotations

import json

IMPORTS = """\
import tensorflow as tf
from tensorflow.keras.losses import Loss
"""

HUBER = """\
def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    small = tf.abs(error) <= 1
    return tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
"""

HUBER_WRAPPER = """\
def my_huber_loss_with_threshold(threshold):
    def huber(y_true, y_pred):
        error = y_true - y_pred
        linear = threshold * (tf.abs(error) - threshold / 2)
        return tf.where(tf.abs(error) <= threshold, tf.square(error) / 2, linear)
    return huber
"""

HUBER_CLASS = """\
class MyHuberLoss(Loss):
    def __init__(self, threshold=1):
        super().__init__()
        self.threshold = threshold

    def call(self, y_true, y_pred):
        error = y_true - y_pred
        linear = self.threshold * (tf.abs(error) - self.threshold / 2)
        return tf.where(tf.abs(error) <= self.threshold, tf.square(error) / 2, linear)
"""

CONTRASTIVE = """\
def contrastive_loss(y_true, y_pred):
    pull = tf.square(y_pred)
    push = tf.square(tf.maximum(1 - y_pred, 0))
    return tf.reduce_mean(y_true * pull + (1 - y_true) * push)
"""

CONTRASTIVE_WRAPPER = """\
def contrastive_loss_with_margin(margin):
    def contrastive(y_true, y_pred):
        pull = tf.square(y_pred)
        push = tf.square(tf.maximum(margin - y_pred, 0))
        return tf.reduce_mean(y_true * pull + (1 - y_true) * push)
    return contrastive
"""

CONTRASTIVE_CLASS = """\
class ContrastiveLoss(Loss):
    def __init__(self, margin=1):
        super().__init__()
        self.margin = margin

    def call(self, y_true, y_pred):
        pull = tf.square(y_pred)
        push = tf.square(tf.maximum(self.margin - y_pred, 0))
        return tf.reduce_mean(y_true * pull + (1 - y_true) * push)
"""

HONEST = {
    "imports": IMPORTS,
    "my_huber_loss": HUBER,
    "my_huber_loss_with_threshold": HUBER_WRAPPER,
    "MyHuberLoss": HUBER_CLASS,
    "contrastive_loss": CONTRASTIVE,
    "contrastive_loss_with_margin": CONTRASTIVE_WRAPPER,
    "ContrastiveLoss": CONTRASTIVE_CLASS,
}


def of_cells(*sources: str) -> bytes:
    """A notebook of these code cells."""
    cells: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"cell-{number}",
            "metadata": {},
            "outputs": [],
            "source": source,
        }
        for number, source in enumerate(sources, 1)
    ]
    book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book).encode()


def honest(**instead: str) -> bytes:
    """The six exercises solved, a cell each, with some cells replaced by name."""
    return of_cells(*{**HONEST, **instead}.values())
