"""A quick self-check for the six losses of `custom_losses.ipynb`.

    from selfcheck import check
    check("my_huber_loss", my_huber_loss)

It tries your loss on a few numbers that you can redo by hand, and says what it found. The
grading uses other numbers and looks at more: all ok here is a good sign, not yet a grade.
"""

from __future__ import annotations

import re
import textwrap
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import tensorflow as tf

WIDTH = 88
TOLERANCE = 1e-5


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is fine, and what to say about it."""

    ok: bool
    text: str


@dataclass(frozen=True)
class Example:
    """One value of y_true and y_pred, and the loss they should have.

    hyper: the threshold or margin; 1 for the plain functions.
    slips: what a common mistake gives instead, and a hint about it.
    """

    title: str
    y_true: float
    y_pred: float
    want: float
    hyper: float = 1.0
    slips: dict[float, str] = field(default_factory=dict)


HALF = "small errors: the square is halved"
SQUARED = "large errors must leave the square behind: tf.where picks the branch, by the size |a|"
OFFSET = "large errors: what is taken off |a| is half the threshold"
SIGN = "a negative error can be large too: compare tf.abs(a), not a"
SCALE = "large errors: the slope of the straight part is the threshold"
FIXED = "this is what threshold 1 would give: use the threshold that was asked for"
SWAPPED = "the two terms are the other way round: y_true is 1 for a similar pair"
NO_MAX = (
    "beyond the margin a different pair pays nothing: tf.maximum(..., 0) comes before the square"
)
NO_SQUARE = "both terms are squared"
NO_HALF = "there is no factor of one half here"
FIXED_MARGIN = "this is what margin 1 would give: use the margin that was asked for"

HUBER = (
    Example(
        "a small error", 2.0, 1.4, 0.18, slips={0.36: HALF, 0.1: "the two branches are swapped"}
    ),
    Example(
        "a large error", 5.0, 2.0, 2.5, slips={4.5: SQUARED, 9.0: SQUARED, 3.0: OFFSET, 2.0: OFFSET}
    ),
    Example(
        "a large negative error",
        -1.0,
        3.0,
        3.5,
        slips={8.0: SIGN, 16.0: SIGN, -4.5: SIGN, 4.0: OFFSET, 3.0: OFFSET},
    ),
    Example("an error exactly at the threshold", 1.0, 2.0, 0.5, slips={1.0: HALF}),
    Example("no error at all", 3.0, 3.0, 0.0),
)
HUBER_CHOICE = (
    Example(
        "threshold 0.5, a large error",
        4.0,
        2.0,
        0.875,
        hyper=0.5,
        slips={1.5: FIXED, 1.0: OFFSET, 0.75: OFFSET, 1.75: SCALE, 2.0: SQUARED, 4.0: SQUARED},
    ),
    Example(
        "threshold 3, an error below it",
        1.0,
        3.5,
        3.125,
        hyper=3.0,
        slips={2.0: FIXED, 6.25: HALF, 3.0: "the two branches are swapped"},
    ),
    Example(
        "threshold 3, a large negative error",
        -4.0,
        1.0,
        10.5,
        hyper=3.0,
        slips={
            4.5: FIXED,
            15.0: OFFSET,
            6.0: OFFSET,
            13.5: OFFSET,
            3.5: SCALE,
            12.5: SIGN,
            25.0: SIGN,
            -19.5: SIGN,
        },
    ),
)
CONTRASTIVE = (
    Example(
        "a similar pair",
        1.0,
        0.6,
        0.36,
        slips={
            0.16: SWAPPED,
            0.18: NO_HALF,
            0.6: NO_SQUARE,
            0.1296: "the distance is squared twice",
        },
    ),
    Example(
        "a different pair within the margin",
        0.0,
        0.7,
        0.09,
        slips={0.49: SWAPPED, 0.045: NO_HALF, 0.3: NO_SQUARE},
    ),
    Example(
        "a different pair beyond the margin", 0.0, 1.5, 0.0, slips={0.25: NO_MAX, 2.25: SWAPPED}
    ),
    Example(
        "a similar pair beyond the margin", 1.0, 1.4, 1.96, slips={0.0: SWAPPED, 0.98: NO_HALF}
    ),
)
CONTRASTIVE_CHOICE = (
    Example(
        "margin 2, a different pair within it",
        0.0,
        0.8,
        1.44,
        hyper=2.0,
        slips={0.04: FIXED_MARGIN, 0.64: SWAPPED, 1.2: NO_SQUARE, 0.72: NO_HALF},
    ),
    Example(
        "margin 0.5, a different pair beyond it",
        0.0,
        0.7,
        0.0,
        hyper=0.5,
        slips={0.09: FIXED_MARGIN, 0.04: NO_MAX, 0.49: SWAPPED},
    ),
)


# What a message of Python or TensorFlow holds, and what to try then. The first that fits counts.
HINTS = (
    (r"keras\S*backend\S* has no attribute", "Keras 3 has it no more there; use the tf function."),
    (
        r"object has no attribute '_?(name|reduction|dtype)",
        "does __init__ call super().__init__()?",
    ),
    (r"unexpected keyword argument", "the argument is called threshold or margin."),
    (
        r"positional argument",
        "a loss takes y_true and y_pred; a wrapper takes the threshold or margin alone.",
    ),
    (r"truth value|as a Python `?bool", "an `if` can't decide for a whole tensor: use tf.where."),
    (r"attribute 'numpy'|to a numpy array", "in training only tf operations work, no NumPy."),
    (r"does not match type|float32.*int32|int32.*float", "write numbers with a point: 0.0, not 0."),
)


@dataclass(frozen=True)
class Exercise:
    """What is asked in one exercise.

    keyword: how the threshold or margin is passed; empty for the plain functions.
    base: the class it must be a subclass of, if it is a class.
    per_element: whether one loss for each element is asked for, or the mean over the batch.
    """

    examples: tuple[Example, ...]
    keyword: str = ""
    base: type | None = None
    per_element: bool = False


_LOSS = tf.keras.losses.Loss
EXERCISES = {
    "my_huber_loss": Exercise(HUBER, per_element=True),
    "my_huber_loss_with_threshold": Exercise(HUBER + HUBER_CHOICE, "threshold", per_element=True),
    "MyHuberLoss": Exercise(HUBER + HUBER_CHOICE, "threshold", base=_LOSS),
    "contrastive_loss": Exercise(CONTRASTIVE),
    "contrastive_loss_with_margin": Exercise(CONTRASTIVE + CONTRASTIVE_CHOICE, "margin"),
    "ContrastiveLoss": Exercise(CONTRASTIVE + CONTRASTIVE_CHOICE, "margin", base=_LOSS),
}


def check(name: str, loss: Any) -> None:
    """Try the loss and print what was found. `name` is the name of the exercise."""
    if name not in EXERCISES:
        print(f"{name!r} is none of the six exercises: {', '.join(EXERCISES)}")
        return
    findings = examine(name, loss)
    print(name)
    for finding in findings:
        mark = "  ok    " if finding.ok else "  look  "
        for line in finding.text.splitlines():
            print(textwrap.fill(line, WIDTH, initial_indent=mark, subsequent_indent=" " * 8))
            mark = " " * 8
    if all(finding.ok for finding in findings):
        print("  All of this looks right.")


def examine(name: str, loss: Any) -> list[Finding]:
    """What the self-check has to say about the loss; it stops at the first error it raises."""
    findings: list[Finding] = []
    try:
        for finding in _steps(EXERCISES[name], loss):
            if finding not in findings:  # the same words twice would help nobody
                findings.append(finding)
    except Exception as error:  # whatever the student's code raises becomes a sentence
        findings.append(Finding(False, _explain(error)))
    return findings


def _steps(exercise: Exercise, loss: Any) -> Iterator[Finding]:
    """The checks, in the order in which a person would look."""
    problem = _wrong_form(exercise, loss)
    if problem:
        yield Finding(False, problem)
        return
    if exercise.base:
        yield Finding(True, "it is a subclass of tf.keras.losses.Loss")
    hinted: set[str] = set()
    tried = []
    for example in exercise.examples:
        tried.append(_try(example, _make(exercise, loss, example.hyper), hinted))
        yield tried[-1]
    if exercise.keyword and all(finding.ok for finding in tried):
        yield _side_by_side(exercise, loss)
    made = _make(exercise, loss, 1.0)
    yield _reduction(exercise, made)
    yield _gradient(made)
    yield _training(made)


def _wrong_form(exercise: Exercise, loss: Any) -> str:
    """Why this is no function, wrapper or class as asked for; empty if it is one."""
    if exercise.base:
        if not isinstance(loss, type):
            return f"this should be a class (class ...), and it is {_kind(loss)}."
        if not issubclass(loss, exercise.base):
            return f"it must be a subclass: class {loss.__name__}(tf.keras.losses.Loss): ..."
        return ""
    if isinstance(loss, type) or not callable(loss):
        kind = "a class" if isinstance(loss, type) else _kind(loss)
        return f"this should be a function (def ...), and it is {kind}."
    if exercise.keyword and not callable(made := loss(1.0)):
        hint = " Does it end with `return` and the inner function's name?" if made is None else ""
        return f"it should return a function, and returns {_kind(made)}.{hint}"
    return ""


def _make(exercise: Exercise, loss: Any, hyper: float) -> Callable[[Any, Any], Any]:
    """The loss to call: made with this threshold or margin, by keyword as Keras people do."""
    made: Callable[[Any, Any], Any] = (
        loss(**{exercise.keyword: hyper}) if exercise.keyword else loss
    )
    return made


def _column(*values: float) -> tf.Tensor:
    return tf.constant([[value] for value in values], tf.float32)


def _try(example: Example, loss: Callable[[Any, Any], Any], hinted: set[str]) -> Finding:
    """One example. A hint is given once, though several examples may lead to it."""
    answer = loss(_column(example.y_true), _column(example.y_pred))
    if answer is None:
        return Finding(False, "it returns None: is the `return` missing?")
    if not tf.is_tensor(answer):
        return Finding(
            False, f"it returns {_kind(answer)}, not a tensor: use tf operations throughout."
        )
    if answer.dtype != tf.float32:
        return Finding(
            False, f"it returns {answer.dtype.name} where float32 went in; float32 should come out."
        )
    if tf.size(answer) != 1:
        return Finding(False, f"from one single pair it makes shape {_shape(answer)}.")
    got = float(tf.reshape(answer, ()))
    if _near(got, example.want):
        return Finding(True, example.title)
    text = (
        f"{example.title}: for y_true = {example.y_true:g} and y_pred = {example.y_pred:g} "
        f"the loss is {example.want:g}; yours is {got:g}."
    )
    hint = next((hint for slip, hint in example.slips.items() if _near(got, slip)), None)
    if hint is not None and hint not in hinted:
        hinted.add(hint)
        text += f"\nHint: {hint}."
    return Finding(False, text)


def _side_by_side(exercise: Exercise, loss: Any) -> Finding:
    """Two losses made with different values must not disturb each other."""
    y_true, y_pred = _column(0.0), _column(0.25)
    alone = float(tf.reduce_mean(_make(exercise, loss, 0.1)(y_true, y_pred)))
    first, _ = _make(exercise, loss, 0.1), _make(exercise, loss, 4.0)
    if _near(float(tf.reduce_mean(first(y_true, y_pred))), alone):
        return Finding(True, f"two losses with different {exercise.keyword}s live side by side")
    return Finding(
        False,
        f"after a second loss was made with another {exercise.keyword}, the first one changed: "
        f"keep the {exercise.keyword} in the function or on self, not in something shared.",
    )


def _reduction(exercise: Exercise, loss: Callable[[Any, Any], Any]) -> Finding:
    """The shape that comes out of four pairs."""
    answer = loss(_column(0.0, 1.0, 1.0, 0.0), _column(0.5, 0.25, 3.0, 2.0))
    if exercise.per_element:
        if answer.shape == (4, 1):
            return Finding(True, "one loss for each element")
        return Finding(
            False,
            f"it should return one loss for each element: from shape (4, 1) comes (4, 1), "
            f"and yours is {_shape(answer)}. Keras takes the mean itself.",
        )
    if answer.shape == ():
        return Finding(True, "one number for the whole batch")
    return Finding(
        False,
        "it should return one number, the mean over the batch (tf.reduce_mean), "
        f"and yours has shape {_shape(answer)}.",
    )


def _gradient(loss: Callable[[Any, Any], Any]) -> Finding:
    """Training needs a slope, also where the error or distance is zero."""
    y_true, y_pred = _column(0.0, 1.0, 1.0, 0.0), tf.Variable(_column(0.5, 1.0, 0.0, 2.0))
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(loss(y_true, y_pred))
    slope = tape.gradient(total, y_pred)
    if slope is None:
        return Finding(
            False,
            "TensorFlow can't follow the way from y_pred to the loss.\n"
            "Hint: NumPy, .numpy() or a new tf.constant cuts that way; tf operations keep it.",
        )
    if not np.all(np.isfinite(tf.convert_to_tensor(slope).numpy())):
        return Finding(
            False,
            "its slope is nan or infinite somewhere.\n"
            "Hint: that is what a square root of 0 or a division by 0 does.",
        )
    return Finding(True, "it has a slope to learn from")


def _training(loss: Callable[[Any, Any], Any]) -> Finding:
    """Keras runs the loss inside a graph, where the batch size is not known beforehand."""
    layer = tf.keras.layers.Dense(1, kernel_initializer="ones", bias_initializer="ones")
    model = tf.keras.Sequential([tf.keras.Input((1,)), layer])
    model.compile(optimizer="sgd", loss=loss)
    history = model.fit(
        _column(0.0, 0.5, 1.0), _column(0.0, 1.0, 0.0), batch_size=2, shuffle=False, verbose=0
    )
    if np.isfinite(history.history["loss"][0]):
        return Finding(True, "Keras can train with it")
    return Finding(False, "Keras trains with it, and the loss becomes nan or infinite.")


def _near(got: float, want: float) -> bool:
    return bool(abs(got - want) <= TOLERANCE * (1 + abs(want)))


def _kind(value: object) -> str:
    if value is None:
        return "None"
    if isinstance(value, np.ndarray | np.generic):
        return "a NumPy array" if np.ndim(value) else "a NumPy number"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _shape(tensor: tf.Tensor) -> str:
    return "() (a single number)" if tensor.shape == () else str(tuple(tensor.shape))


def _explain(error: Exception) -> str:
    """The error: what it says, where in the student's code, and a hint if there is one."""
    message = str(error).strip()
    lines = [line.strip() for line in message.splitlines() if line.strip()] or [""]
    # An error inside a graph quotes the whole way to it; its last line is the error itself.
    summary = lines[-1] if lines[0].startswith("in user code") else lines[0]
    if "is not written yet" in summary:
        return summary.removeprefix("NotImplementedError: ")
    name = type(error).__name__
    parts = [summary if summary.startswith(name) else f"{name}: {summary}".rstrip(": ")]
    line = _students_line(error)
    if line:
        parts.append(f"In the line: {line}")
    hint = _hint(error, message)
    if hint:
        parts.append(f"Hint: {hint}")
    return "\n".join(parts)


def _students_line(error: Exception) -> str:
    """The innermost line that is neither of a library nor of this file."""
    lines = [
        frame.line
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename != __file__
        and "-packages" not in frame.filename
        and "__autograph_generated" not in frame.filename
    ]
    return (lines[-1] or "") if lines else ""


def _hint(error: Exception, message: str) -> str:
    """What to try, for errors that many people meet."""
    for pattern, hint in HINTS:
        if re.search(pattern, message):
            return hint
    if isinstance(error, NotImplementedError) and not message:
        return "a loss class needs its own method `call(self, y_true, y_pred)`."
    return ""
