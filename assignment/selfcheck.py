"""A quick self-check for the six losses of `custom_losses.ipynb`.

    from selfcheck import check, demo

    check("my_huber_loss", my_huber_loss)
    with demo("my_huber_loss"):
        ...  # a training or a picture with it

`check` tries your loss on a few numbers that you can redo by hand, and says what it found. The
grading uses other numbers and looks at more: all ok here is a good sign, not yet a grade. Where
your loss is not written yet, or stops, `demo` says so, and the notebook goes on.
"""

from __future__ import annotations

import ast
import difflib
import inspect
import re
import sys
import textwrap
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf

WIDTH = 88
TOLERANCE = 1e-5
MOST_QUOTED = 160


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is fine, and what to say about it."""

    ok: bool
    text: str


@dataclass(frozen=True)
class Example:
    """One value of y_true and y_pred, and the loss they should have.

    hyper: the threshold or margin; 1 for the plain functions.
    """

    title: str
    y_true: float
    y_pred: float
    want: float
    hyper: float = 1.0


HUBER = (
    Example("a small error", 2.0, 1.4, 0.18),
    Example("a large error", 5.0, 2.0, 2.5),
    Example("a large negative error", -1.0, 3.0, 3.5),
    Example("an error exactly at the threshold", 1.0, 2.0, 0.5),
    Example("no error at all", 3.0, 3.0, 0.0),
)
HUBER_CHOICE = (
    Example("threshold 0.5, a large error", 4.0, 2.0, 0.875, hyper=0.5),
    Example("threshold 3, an error below it", 1.0, 3.5, 3.125, hyper=3.0),
    Example("threshold 3, a large negative error", -4.0, 1.0, 10.5, hyper=3.0),
)
CONTRASTIVE = (
    Example("a similar pair", 1.0, 0.6, 0.36),
    Example("a different pair within the margin", 0.0, 0.7, 0.09),
    Example("a different pair beyond the margin", 0.0, 1.5, 0.0),
    Example("a similar pair beyond the margin", 1.0, 1.4, 1.96),
)
CONTRASTIVE_CHOICE = (
    Example("margin 2, a different pair within it", 0.0, 0.8, 1.44, hyper=2.0),
    Example("margin 0.5, a different pair beyond it", 0.0, 0.7, 0.0, hyper=0.5),
)

# What known mistakes make of the examples, one after the other, and what to say about them.
# BEGIN KNOWN
KNOWN_HUBER = (
    (
        (0.36, 2.5, 3.5, 1, 0, 0.875, 6.25, 10.5),
        "Your values are those of a Huber loss without the one half in its quadratic part. "
        "Look at the formula again: what stands in front of the square?",
    ),
    (
        (0.09, 2.5, 3.5, 0.25, 0, 0.875, 1.5625, 10.5),
        "Your quadratic part is halved twice. Once is enough: is there a half inside the "
        "square?",
    ),
    (
        (0.3, 2.5, 3.5, 0.5, 0, 0.875, 1.25, 10.5),
        "Small errors are halved but not squared in your loss. What should become of the "
        "error?",
    ),
    (
        (0.18, 3, 4, 0.5, 0, 1, 3.125, 15),
        "Your linear part lacks the offset that makes it meet the quadratic part at the "
        "threshold.",
    ),
    (
        (0.18, 2, 3, 0.5, 0, 0.75, 3.125, 6),
        "The offset of your linear part is twice what it should be: the two parts do not "
        "meet at the threshold.",
    ),
    (
        (0.18, 2.5, 3.5, 0.5, 0, 0.5, 3.125, 14.5),
        "The offset of your linear part does not grow with the threshold as it should; it "
        "is right for one threshold alone.",
    ),
    (
        (0.18, 2.5, 3.5, 0.5, 0, 0.75, 3.125, 13.5),
        "The offset of your linear part grows with the threshold, but not fast enough; work "
        "out where the two parts must meet.",
    ),
    (
        (0.18, 2.5, 3.5, 0.5, 0, 1.75, 3.125, 3.5),
        "The slope of your linear part does not depend on the threshold. In the formula the "
        "threshold multiplies the whole bracket.",
    ),
    (
        (0.18, 4.5, 8, 0.5, 0, 2, 3.125, 12.5),
        "Your loss is quadratic everywhere: large errors never reach the linear part. Check "
        "the condition that chooses between the two.",
    ),
    (
        (0.1, 2.5, 3.5, 0.5, -0.5, 0.875, 3, 10.5),
        "Your loss is linear everywhere: small errors never reach the quadratic part. Check "
        "the condition that chooses between the two.",
    ),
    (
        (0.1, 4.5, 8, 0.5, -0.5, 2, 3, 12.5),
        "Your two parts are the wrong way round: small errors get the linear part and large "
        "ones the quadratic part.",
    ),
    (
        (0.18, 2.5, 8, 0.5, 0, 0.875, 3.125, 12.5),
        "The size of the error decides which part is used, whatever its sign. Your "
        "condition takes every error of one sign for a small one.",
    ),
    (
        (0.18, 4.5, 3.5, 0.5, 0, 2, 3.125, 10.5),
        "The size of the error decides which part is used, whatever its sign. Your "
        "condition takes every error of one sign for a small one.",
    ),
    (
        (0.18, 2.5, -4.5, 0.5, 0, 0.875, 3.125, -19.5),
        "The linear part of your loss uses the error with its sign; the formula asks for "
        "its size.",
    ),
    (
        (0.18, -3.5, 3.5, 0.5, 0, -1.125, 3.125, 10.5),
        "The linear part of your loss uses the error with its sign; the formula asks for "
        "its size.",
    ),
    (
        (0.18, 2.5, 3.5, 0.5, 0, 1.5, 2, 4.5),
        "Your values are those of a Huber loss whose threshold is always 1. The loss should "
        "use the threshold that was given.",
    ),
    (
        (0.09, 1.25, 1.75, 0.25, 0, 0.4375, 1.5625, 5.25),
        "All your values are half of what they should be: one half too many multiplies the "
        "whole.",
    ),
    (
        (0.36, 5, 7, 1, 0, 1.75, 6.25, 21),
        "All your values are twice what they should be. Which step doubles the whole?",
    ),
)
KNOWN_CONTRASTIVE = (
    (
        (0.72, 0.18, 0, 3.92, 2.88, 0),
        "All your values are twice what they should be. Which step doubles the whole?",
    ),
    (
        (0.36, 0.09, 0, 1.96, 0.04, 0.09),
        "Your values are those of a contrastive loss whose margin is always 1. The loss "
        "should use the margin that was given.",
    ),
    (
        (0.16, 0.49, 2.25, 0, 0.64, 0.49),
        "The two labels are exchanged in your loss. Here 1 means a similar pair: which of "
        "the two terms should a similar pair pay?",
    ),
    (
        (0.08, 0.245, 1.125, 0, 0.32, 0.245),
        "You followed the original paper, where 0 means similar and both terms are halved. "
        "Here 1 means similar, and there are no halves.",
    ),
    (
        (0.18, 0.045, 0, 0.98, 0.72, 0),
        "All your values carry a factor of one half that the formula of this course does "
        "not have.",
    ),
    (
        (0.36, 0.09, 0.25, 1.96, 1.44, 0.04),
        "Dissimilar pairs that are already farther apart than the margin still pay in your "
        "loss. They should pay nothing.",
    ),
    (
        (0.36, 0.51, 0, 1.96, 3.36, 0),
        "In the term of the dissimilar pairs you take the square before you subtract. In "
        "which order does the formula have the two?",
    ),
    (
        (0.36, 0.3, 0, 1.96, 1.2, 0),
        "The term of the dissimilar pairs is not squared in your loss. What does the "
        "formula do with it last?",
    ),
    (
        (0.6, 0.09, 0, 1.4, 1.44, 0),
        "The term of the similar pairs is not squared in your loss. What does the formula "
        "do with their distance?",
    ),
    (
        (0.6, 0.3, 0, 1.4, 1.2, 0),
        "Neither term of your loss is squared. Look at the formula again, at the end of "
        "each.",
    ),
    (
        (0.1296, 0.09, 0, 3.8416, 1.44, 0),
        "The distance of similar pairs is squared twice in your loss. y_pred is the "
        "distance itself.",
    ),
    (
        (0.6, 0.02668, 0, 1.4, 1.22229, 0),
        "Your loss takes y_pred for a squared distance. It is the distance itself.",
    ),
    (
        (0.16, 0, 0.25, 0.16, 0, 0.04),
        "Your loss takes y_pred for a similarity. It is a distance: small for a similar "
        "pair.",
    ),
    (
        (0.16, 0.49, 2.25, 0.16, 3.24, 0.04),
        "Your loss takes y_pred for a similarity. It is a distance: small for a similar "
        "pair.",
    ),
    (
        (0.16, 0.49, 2.25, 0.16, 0.64, 0.49),
        "The two labels are exchanged in your loss, and pairs that are already farther "
        "apart than the margin still pay. Here 1 means a similar pair.",
    ),
    (
        (0.36, 0, 0.25, 1.96, 0, 0.04),
        "Your hinge keeps the wrong side: dissimilar pairs pay for being far apart in your "
        "loss, not for being near. Look at the difference, and at what limits it.",
    ),
    (
        (0.52, 0, 0, 1.96, 0, 0),
        "Both terms of your loss are multiplied by y_true, so dissimilar pairs pay nothing. "
        "What should stand in front of the second term?",
    ),
    (
        (0.36, 0, 0, 1.96, 0, 0),
        "Dissimilar pairs pay nothing in your loss, however near they are. What does their "
        "term come to for a small distance?",
    ),
    (
        (0, 0.09, 0, 0, 1.44, 0),
        "Similar pairs pay nothing in your loss, however far apart they are. What does "
        "their term come to for a large distance?",
    ),
)
# END KNOWN


# What a message of Python or TensorFlow holds, and what to try then. The first that fits counts.
HINTS = (
    (r"keras\S*backend\S* has no attribute", "Keras 3 has it no more there; use the tf function."),
    (r"'super' object has no attribute", "`super` is a function: super().__init__()."),
    (r"NoneType", "something here returns nothing. Is a `return` missing in a helper?"),
    (r"truth value|as a Python `?bool", "an `if` can't decide for a whole tensor: use tf.where."),
    (r"attribute 'numpy'|to a numpy array", "in training only tf operations work, no NumPy."),
    (
        r"does not match type|same dtype|expected to be a \w+ tensor but is a",
        "numbers of two types meet. Write them with a point, 0.0 and not 0, and convert a "
        "condition with tf.cast before you calculate with it.",
    ),
)
NO_SUPER = "__init__ does not call super().__init__(), so Keras could not set itself up."
# What Keras sets up there, and misses otherwise.
OF_KERAS = frozenset({"name", "reduction", "dtype", "_name", "_dtype", "_dtype_policy"})


@dataclass(frozen=True)
class Exercise:
    """What is asked in one exercise.

    known: what known mistakes make of the examples. keyword: how the threshold or margin is
    passed; empty for the plain functions. base: the class it must be a subclass of, if it is
    a class. per_element: whether one loss for each element is asked for, or the mean over the
    batch.
    """

    examples: tuple[Example, ...]
    known: tuple[tuple[tuple[float, ...], str], ...]
    keyword: str = ""
    base: type | None = None
    per_element: bool = False


_LOSS = tf.keras.losses.Loss
_HUBER, _PAIRS = HUBER + HUBER_CHOICE, CONTRASTIVE + CONTRASTIVE_CHOICE
EXERCISES = {
    "my_huber_loss": Exercise(HUBER, KNOWN_HUBER, per_element=True),
    "my_huber_loss_with_threshold": Exercise(_HUBER, KNOWN_HUBER, "threshold", per_element=True),
    "MyHuberLoss": Exercise(_HUBER, KNOWN_HUBER, "threshold", base=_LOSS),
    "contrastive_loss": Exercise(CONTRASTIVE, KNOWN_CONTRASTIVE),
    "contrastive_loss_with_margin": Exercise(_PAIRS, KNOWN_CONTRASTIVE, "margin"),
    "ContrastiveLoss": Exercise(_PAIRS, KNOWN_CONTRASTIVE, "margin", base=_LOSS),
}


class _Unusable(Exception):
    """An answer with which nothing else can be tried; the text says why."""


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


@contextmanager
def demo(name: str) -> Iterator[None]:
    """Run what is inside; where the loss is not written yet, or stops, say so and go on."""
    try:
        yield
    except Exception as error:  # whatever the student's code raises becomes a sentence
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is not None:
            pyplot.close("all")  # a picture that was begun would be shown half drawn
        missing = re.search(r"([\w.]+) is not written yet", str(error))
        if missing:
            print(f"{missing[1]} is not written yet, so there is nothing to see here.")
            return
        print(f"{name} stops here; its self-check above may say more.")
        for line in _explain(error).splitlines():
            print(textwrap.fill(line, WIDTH, initial_indent="  ", subsequent_indent="  "))


def examine(name: str, loss: Any) -> list[Finding]:
    """What the self-check has to say about the loss; it stops where nothing more can be tried."""
    findings: list[Finding] = []
    try:
        for finding in _steps(EXERCISES[name], loss):
            if finding not in findings:  # the same words twice would help nobody
                findings.append(finding)
    except _Unusable as reason:
        findings.append(Finding(False, str(reason)))
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
        if not _set_up(_make(exercise, loss, 1.0)):
            yield Finding(False, NO_SUPER)
    answers = []
    for example in exercise.examples:
        got, dtype = _answer(exercise, _make(exercise, loss, example.hyper), example)
        answers.append(got)
        yield _compared(example, got)
        if dtype != "float32":
            yield Finding(
                False, f"it returns {dtype} where float32 went in; float32 should come out."
            )
    if not all(_near(got, one.want) for got, one in zip(answers, exercise.examples)):
        yield from _cause(exercise, loss, answers)
    elif exercise.keyword:
        yield _side_by_side(exercise, loss)
    made = _make(exercise, loss, 1.0)
    if exercise.base and not _set_up(made):
        return
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
        if not _takes(loss, **{exercise.keyword: 1.0}):
            return (
                f"it can't be made by {loss.__name__}({exercise.keyword}=1.0): the argument of "
                f"__init__ is called {exercise.keyword}, and all others have a default."
            )
        return ""
    if isinstance(loss, type) or not callable(loss):
        kind = "a class" if isinstance(loss, type) else _kind(loss)
        return f"this should be a function (def ...), and it is {kind}."
    if not exercise.keyword:
        if _takes(loss, 0, 0):
            return ""
        makes = " It takes one, as a function that makes a loss does." if _takes(loss, 0) else ""
        return f"a loss takes y_true and y_pred, two arguments.{makes}"
    if not _takes(loss, **{exercise.keyword: 1.0}):
        if _takes(loss, 0, 0):
            return (
                f"this is a loss already: it takes two arguments. A wrapper takes the "
                f"{exercise.keyword} alone, and returns such a function."
            )
        return f"it takes one argument, which is called {exercise.keyword}."
    made = loss(1.0)
    if not callable(made):
        hint = " Does it end with `return` and the inner function's name?" if made is None else ""
        return f"it should return a function, and returns {_kind(made)}.{hint}"
    if not _takes(made, 0, 0):
        return "the function that it returns should take two arguments, y_true and y_pred."
    return ""


def _takes(function: Any, *arguments: Any, **named: Any) -> bool:
    """Whether it can be called with these arguments; in doubt it can."""
    try:
        inspect.signature(function).bind(*arguments, **named)
    except TypeError:
        return False
    except ValueError:  # it has no signature that could be read
        return True
    return True


def _make(exercise: Exercise, loss: Any, hyper: float) -> Any:
    """The loss to call: made with this threshold or margin, by keyword as Keras people do."""
    return loss(**{exercise.keyword: hyper}) if exercise.keyword else loss


def _set_up(made: Any) -> bool:
    """Whether Keras could set up the object; without it nothing but its `call` works."""
    return hasattr(made, "reduction") and hasattr(made, "name")


def _column(*values: float) -> tf.Tensor:
    return tf.constant([[value] for value in values], tf.float32)


def _answer(exercise: Exercise, made: Any, example: Example) -> tuple[float, str]:
    """What the loss says about one example, and its dtype.

    Raises _Unusable if that is no number at all.
    """
    y_true, y_pred = _column(example.y_true), _column(example.y_pred)
    if exercise.base is None:
        answer, who = made(y_true, y_pred), "it"
    else:
        # Keras would hide what `call` returns behind an error of its own.
        answer, who = made.call(y_true, y_pred), "its method `call`"
    if answer is None:
        raise _Unusable(f"{who} returns None: is the `return` missing?")
    if callable(answer):
        raise _Unusable(f"{who} returns a function where the loss itself is expected.")
    if not tf.is_tensor(answer):
        what = "the loss of each element" if exercise.per_element else "the loss"
        raise _Unusable(
            f"{who} returns {_kind(answer)}, not a tensor. It should return {what}, by tf "
            "operations throughout."
        )
    if not answer.dtype.is_floating:
        hint = _in_the_code(made) if answer.dtype != tf.bool else ""
        condition = " Is that the condition and not yet the loss?" if not hint else f"\n{hint}"
        raise _Unusable(
            f"{who} returns {answer.dtype.name} where float32 should come out.{condition}"
        )
    if tf.size(answer) != 1:
        raise _Unusable(f"from one single pair it makes shape {_shape(answer)}.")
    return float(tf.reshape(answer, ())), answer.dtype.name


def _compared(example: Example, got: float) -> Finding:
    if _near(got, example.want):
        return Finding(True, example.title)
    return Finding(
        False,
        f"{example.title}: for y_true = {example.y_true:g} and y_pred = {example.y_pred:g} "
        f"the loss is {example.want:g}; yours is {got:g}.",
    )


def _cause(exercise: Exercise, loss: Any, answers: list[float]) -> Iterator[Finding]:
    """The one known mistake that gives all of these answers; none if two do, or none does."""
    texts = {
        text
        for values, text in exercise.known
        if all(_near(got, value) for got, value in zip(answers, values))
    }
    if len(texts) == 1:
        yield Finding(False, f"Hint: {texts.pop()}")
        return
    made = _make(exercise, loss, 1.0)
    hint = _exchanged(made.call if exercise.base else made) or _in_the_code(made)
    if hint:
        yield Finding(False, hint)


def _exchanged(function: Any) -> str:
    """A hint if the arguments stand in the other order."""
    try:
        first, second, *_ = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return ""
    if "pred" in first and "true" in second:
        return f"Hint: Keras gives y_true first, and here the first argument is {first}."
    return ""


def _in_the_code(function: Any) -> str:
    """A hint about what stands in the code and can't be meant; empty without one."""
    try:
        source = inspect.getsource(getattr(function, "call", function))
        tree = ast.parse(textwrap.dedent(source))
    except (OSError, TypeError, SyntaxError):
        return ""
    return _in_tree(tree)


def _in_tree(tree: ast.AST) -> str:
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor):
            return f"Hint: `{ast.unparse(node)}` is no power in Python: the sign for it is **."
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            what = f"`{ast.unparse(node.func)}`"
            if node.func.attr == "where" and len(node.args) == 1 and not node.keywords:
                return f"Hint: {what} with a condition alone gives places, and no values."
            # A name or a number may be an axis; a calculation is none.
            second = node.args[1] if len(node.args) > 1 else None
            if node.func.attr.startswith(("reduce_", "mean")) and isinstance(
                second, ast.Call | ast.BinOp
            ):
                return f"Hint: the second argument of {what} is an axis. Is it meant to add up two?"
    return ""


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
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


def _shape(tensor: Any) -> str:
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
    # What TensorFlow says in its own language, or at length, is no help; the line is.
    long = len(summary) > MOST_QUOTED or "{{node" in summary
    quoted = textwrap.shorten(summary, MOST_QUOTED, placeholder=" ...") if long else summary
    parts = [quoted if summary.startswith(name) else f"{name}: {quoted}".rstrip(": ")]
    line = _students_line(error)
    if line:
        parts.append(f"In the line: {line}")
    hint = _hint(error, message, line)
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


def _hint(error: Exception, message: str, line: str) -> str:
    """What to try, for errors that many people meet."""
    if isinstance(error, AttributeError) and (hint := _about_attribute(error)):
        return hint
    for pattern, hint in HINTS:
        if re.search(pattern, message):
            return hint
    try:
        found = _in_tree(ast.parse(line.removesuffix(":")))
    except SyntaxError:  # the line is a part of something longer
        found = ""
    if found:
        return found.removeprefix("Hint: ")
    if isinstance(error, NotImplementedError) and not message:
        return "a loss class needs its own method `call(self, y_true, y_pred)`."
    return ""


def _about_attribute(error: AttributeError) -> str:
    """What was meant by an attribute that is not there."""
    if isinstance(error.obj, _LOSS):
        if error.name in OF_KERAS:
            return NO_SUPER
        own = [name for name in vars(error.obj) if not name.startswith("_")]
        known = sorted(set(own) - OF_KERAS)
        stored = f"it keeps {' and '.join(f'self.{name}' for name in known)}" if known else (
            "it keeps nothing on self yet"
        )
        return f"the object has no self.{error.name}: {stored}."
    near = difflib.get_close_matches(str(error.name), dir(error.obj), 1)
    return f"is {near[0]} meant?" if near else ""
