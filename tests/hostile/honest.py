"""The honest notebook that every attack starts from: six right answers, a cell for each."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

# The first cell is empty of use here; an attack finds in it what there is to steal.
WORLD = "WORLD = {}\n"

IMPORTS = "import tensorflow as tf\n"

HUBER = """\
def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    return tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
"""

ANSWERS: Mapping[str, str] = {
    "my_huber_loss": HUBER,
    "my_huber_loss_with_threshold": """\
def my_huber_loss_with_threshold(threshold):
    def huber(y_true, y_pred):
        error = y_true - y_pred
        small = tf.abs(error) <= threshold
        return tf.where(small, tf.square(error) / 2, threshold * (tf.abs(error) - threshold / 2))

    return huber
""",
    "MyHuberLoss": """\
class MyHuberLoss(tf.keras.losses.Loss):
    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold

    def call(self, y_true, y_pred):
        error = y_true - y_pred
        small = tf.abs(error) <= self.threshold
        large_loss = self.threshold * (tf.abs(error) - self.threshold / 2)
        return tf.where(small, tf.square(error) / 2, large_loss)
""",
    "contrastive_loss": """\
def contrastive_loss(y_true, y_pred):
    apart = tf.square(tf.maximum(1.0 - y_pred, 0.0))
    return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * apart)
""",
    "contrastive_loss_with_margin": """\
def contrastive_loss_with_margin(margin):
    def contrastive(y_true, y_pred):
        apart = tf.square(tf.maximum(margin - y_pred, 0.0))
        return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * apart)

    return contrastive
""",
    "ContrastiveLoss": """\
class ContrastiveLoss(tf.keras.losses.Loss):
    def __init__(self, margin=1.0, **kwargs):
        super().__init__(**kwargs)
        self.margin = margin

    def call(self, y_true, y_pred):
        apart = tf.square(tf.maximum(self.margin - y_pred, 0.0))
        return y_true * tf.square(y_pred) + (1 - y_true) * apart
""",
}


# What stands beside an attack: one of each loss, a class and a wrapper. Six would be tried in
# vain most of the time, and the suite would take twice as long.
NEIGHBOURS = frozenset({"MyHuberLoss", "contrastive_loss_with_margin"})


def code_cell(source: str) -> dict[str, object]:
    """A code cell as nbformat 4 has it."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": source,
    }


def notebook(cells: Sequence[Mapping[str, object]]) -> bytes:
    """The bytes of a notebook of these cells."""
    whole = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole).encode()


def sources(world: str = WORLD, answered: Collection[str] = ANSWERS.keys()) -> list[str]:
    """The source of each cell; an answer that is left out leaves an empty cell behind."""
    answers = (source if name in answered else "" for name, source in ANSWERS.items())
    return [world, IMPORTS, *answers]


def honest_notebook() -> bytes:
    """The notebook that deserves all 100 points."""
    return notebook([code_cell(source) for source in sources()])
