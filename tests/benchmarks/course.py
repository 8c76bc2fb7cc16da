"""Ten students' notebooks, in two forms: a course notebook that trains, and definitions alone.

Both hold the same answers, written in different ways: eight right, two wrong.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import nbformat
from nbformat.v4 import nbbase

from grader.assignments.custom_losses import ASSIGNMENT
from grader.authoring import variants
from tests.benchmarks.measuring import PROJECT

# Right answers that any notebook can hold and any grader can run from top to bottom.
_WAYS = {
    "my_huber_loss": ("huber_function", "course_style where_twice maximum operators tf_numpy"),
    "my_huber_loss_with_threshold": ("wrapper", "course_style masks returns_lambda default_value"),
    "MyHuberLoss": ("class", "course_style full_featured helpers_inside mean_over_all"),
    "contrastive_loss": ("contrastive_function", "course_style masks relu tf_math expanded"),
    "contrastive_loss_with_margin": ("contrastive_wrapper", "course_style lambda partial method"),
    "ContrastiveLoss": ("contrastive_class", "course_style per_pair last_axis"),
}
_WRONG = {
    8: ("my_huber_loss", "huber_function_half_missing"),
    9: ("ContrastiveLoss", "contrastive_class_labels_swapped"),
}
COUNT = 10

_IMPORTS = """\
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
from tensorflow.keras.losses import Loss
import matplotlib.pyplot as plt
"""

_LINE = """\
xs = np.array([-1.0, 0.0, 1.0, 2.0, 3.0, 4.0], dtype=float)
ys = np.array([-3.0, -1.0, 1.0, 3.0, 5.0, 7.0], dtype=float)
"""

_TRAIN_LINE = """\
model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(units=1)])
model.compile(optimizer='sgd', loss={loss})
model.fit(xs, ys, epochs=500, verbose=0)
print(model.predict(np.array([[10.0]]), verbose=0))
"""

_PLOT = """\
errors = np.linspace(-4, 4, 161).astype('float32')
plt.plot(errors, my_huber_loss(tf.zeros_like(errors), tf.constant(errors)))
plt.title('Huber loss')
plt.show()
"""

_PAIRS = """\
rng = np.random.default_rng(7)
centers = rng.normal(size=(10, 28, 28))

def pictures(labels):
    noise = rng.normal(0, 0.5, size=(len(labels), 28, 28))
    return (centers[labels] + noise).astype('float32')

left = rng.integers(0, 10, size=4000)
right = np.where(rng.random(4000) < 0.5, left, rng.integers(0, 10, size=4000))
pairs, labels = (pictures(left), pictures(right)), (left == right).astype('float32')[:, None]
"""

_SIAMESE = """\
def base_network():
    inputs = keras.Input((28, 28))
    x = keras.layers.Flatten()(inputs)
    x = keras.layers.Dense(128, activation='relu')(x)
    x = keras.layers.Dropout(0.1)(x)
    x = keras.layers.Dense(128, activation='relu')(x)
    x = keras.layers.Dropout(0.1)(x)
    x = keras.layers.Dense(128, activation='relu')(x)
    return keras.Model(inputs, x)

def distance(points):
    squared = tf.reduce_sum(tf.square(points[0] - points[1]), axis=1, keepdims=True)
    return tf.sqrt(tf.maximum(squared, 1e-7))

base = base_network()
a, b = keras.Input((28, 28)), keras.Input((28, 28))
apart = keras.layers.Lambda(distance, output_shape=(1,))([base(a), base(b)])
siamese = keras.Model([a, b], apart)
siamese.compile(loss=contrastive_loss_with_margin(margin=1), optimizer=keras.optimizers.RMSprop())
history = siamese.fit(pairs, labels, epochs=20, batch_size=128, verbose=0)
"""

_CURVE = """\
plt.plot(history.history['loss'])
plt.title('Training of the Siamese network')
plt.show()
"""


@dataclass(frozen=True)
class Handed:
    """One student's code cells; and whether the answers are right."""

    student: str
    right: bool
    cells: tuple[str, ...]

    def notebook(self, extra: tuple[nbformat.NotebookNode, ...] = ()) -> bytes:
        """As a file; `extra` cells stand at the end."""
        cells = [nbbase.new_code_cell(text, id=f"c{n}") for n, text in enumerate(self.cells)]
        metadata = {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
        }
        book = nbbase.new_notebook(cells=[*cells, *extra], metadata=metadata)
        return json.dumps(book).encode()


def definitions_alone() -> tuple[Handed, ...]:
    """Notebooks of imports and answers."""
    return tuple(
        Handed(_student(number), number not in _WRONG, (_IMPORTS, *_answers(number).values()))
        for number in range(COUNT)
    )


def with_trainings() -> tuple[Handed, ...]:
    """Course notebooks: two trainings of 500 epochs, a Siamese network, and plots."""
    found = []
    for number in range(COUNT):
        answers = _answers(number)
        cells = (
            _IMPORTS,
            _LINE,
            _TRAIN_LINE.format(loss="'mean_squared_error'"),
            answers["my_huber_loss"],
            _TRAIN_LINE.format(loss="my_huber_loss"),
            answers["my_huber_loss_with_threshold"],
            answers["MyHuberLoss"],
            _PLOT,
            answers["contrastive_loss"],
            answers["contrastive_loss_with_margin"],
            answers["ContrastiveLoss"],
            _PAIRS,
            _SIAMESE,
            _CURVE,
        )
        found.append(Handed(_student(number), number not in _WRONG, cells))
    return tuple(found)


def _student(number: int) -> str:
    return f"student{number}"


def _answers(number: int) -> dict[str, str]:
    every = {one.name: one for one in variants.load(ASSIGNMENT, PROJECT)}
    answers = {}
    for name in ASSIGNMENT.names:
        prefix, ways = _WAYS[name]
        way = ways.split()[number % len(ways.split())]
        file = f"right/{prefix}_{way}"
        if number in _WRONG and _WRONG[number][0] == name:
            file = f"mistakes/{_WRONG[number][1]}"
        book = json.loads(every[file].notebook)
        answers[name] = "\n".join("".join(cell["source"]) for cell in book["cells"])
    return answers
