"""What a picture shows, in a sentence: for those who can't see it, and as its caption."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from grader.judging.pictures import Curve, Distances, ExercisePictures, Line, Training
from grader.rubric.exercises import Family

# Nearer than this part of the picture's height, two curves lie on each other for the eye.
_SEEN = 0.001
# What a shape may be off by and still be called by its name.
_LIKE = 0.01
_HUGE = 1e30

Floats = NDArray[np.float64]
_Relating = Callable[[Curve, NDArray[np.bool_], NDArray[np.bool_]], str]


@dataclass(frozen=True)
class _Part:
    """A stretch of the horizontal axis, and its name in the middle of a sentence."""

    where: str
    inside: NDArray[np.bool_]


def number(value: float) -> str:
    """`1.5`, `-0.25`, `12`: two decimals at most; sizes that no picture shows in words."""
    if not math.isfinite(value):
        return "no number"
    if abs(value) >= 1e6:
        return "more than a million" if value > 0 else "less than minus a million"
    rounded = round(value, 2)
    if rounded == 0:
        return "nearly 0" if value else "0"
    return f"{rounded:.2f}".rstrip("0").rstrip(".")


def losses(pictures: ExercisePictures) -> str:
    """The curves of the loss."""
    return _curves(pictures, pictures.losses, "curve")


def slopes(pictures: ExercisePictures) -> str:
    """The curves of the gradient."""
    return _curves(pictures, pictures.slopes, "slope")


def _curves(pictures: ExercisePictures, curves: Sequence[Curve], noun: str) -> str:
    scale = max((abs(y) for curve in curves for y in curve.right), default=1.0) or 1.0
    if len(curves) == 2 and _exchanged(curves[0], curves[1], scale):
        return (
            f"Your two {noun}s are exchanged: that of similar pairs is the right one for"
            " dissimilar pairs, and the other way round."
        )
    with np.errstate(all="ignore"):
        sentences = [_curve(curve, pictures, noun, scale) for curve in curves]
    if len(sentences) > 1 and all("lies on the right one" in each for each in sentences):
        return f"Both of your {noun}s lie on the right ones everywhere."
    return " ".join(sentences)


def _exchanged(one: Curve, other: Curve, scale: float) -> bool:
    """Whether each of two curves lies on the other's right one."""
    return all(
        np.all(np.abs(np.array(this.yours) - np.array(that.right)) <= _SEEN * scale)
        for this, that in ((one, other), (other, one))
    )


def _curve(curve: Curve, pictures: ExercisePictures, noun: str, scale: float) -> str:
    subject = f"Your {noun} of {curve.about} pairs" if curve.about else f"Your {noun}"
    xs, yours, right = np.array(curve.xs), np.array(curve.yours), np.array(curve.right)
    if not np.isfinite(yours).any():
        return f"{subject} has no value that is a number."
    on = np.abs(yours - right) <= _SEEN * scale
    lost = "" if np.isfinite(yours).all() else " It has points that are no number."
    if on.all():
        return f"{subject} lies on the right one everywhere."
    relation = _relation if noun == "curve" else _difference
    said = _up_to(curve, pictures, on, relation) or _by_parts(curve, pictures, on, relation)
    end = _parts(xs, pictures, curve.about)[-1]
    growth = _growth(end, xs, yours, on) if noun == "curve" else ""
    return f"{subject} {said}{growth}.{lost}"


def _up_to(
    curve: Curve, pictures: ExercisePictures, on: NDArray[np.bool_], relation: _Relating
) -> str:
    """Where a curve that begins right leaves the right one; empty if it does not begin right."""
    size = np.abs(np.array(curve.xs))
    wrong = size[~on].min()
    if wrong <= pictures.hyper / 4:
        # Near zero nearly every loss is right.
        return ""
    # The grid is no finer: a second decimal would be made up.
    border = number(round(float(size[size < wrong].max()), 1))
    beyond = size >= wrong
    what = (
        f"errors up to {border} in size"
        if pictures.spec.family is Family.HUBER
        else f"distances up to {border}"
    )
    return f"follows the right one for {what} and then {relation(curve, beyond, on)}"


def _by_parts(
    curve: Curve, pictures: ExercisePictures, on: NDArray[np.bool_], relation: _Relating
) -> str:
    """How a curve lies to the right one, stretch by stretch."""
    parts = _parts(np.array(curve.xs), pictures, curve.about)
    said = [(part.where, relation(curve, part.inside, on)) for part in parts]
    if len({words for _, words in said}) == 1:
        return said[0][1] if "partly" in said[0][1] else f"{said[0][1]} everywhere"
    groups = groupby(said, key=lambda one: one[1])
    return "; ".join(
        f"{words} {' and '.join(where for where, _ in group)}" for words, group in groups
    )


def _parts(xs: Floats, pictures: ExercisePictures, about: str) -> list[_Part]:
    border = number(pictures.hyper)
    if pictures.spec.family is Family.HUBER:
        return [
            _Part(f"for errors below -{border}", xs < -pictures.hyper),
            _Part(f"for errors up to {border} in size", np.abs(xs) <= pictures.hyper),
            _Part(f"for errors above {border}", xs > pictures.hyper),
        ]
    if about == "similar":
        return [_Part("at every distance", np.full(xs.shape, fill_value=True))]
    return [
        _Part(f"at distances up to {border}", xs <= pictures.hyper),
        _Part(f"at distances beyond {border}", xs > pictures.hyper),
    ]


def _relation(curve: Curve, inside: NDArray[np.bool_], on: NDArray[np.bool_]) -> str:
    yours, right = np.array(curve.yours)[inside], np.array(curve.right)[inside]
    off = ~on[inside] & np.isfinite(yours)
    if on[inside].all():
        return "follows the right one"
    if not off.any():
        return "has no value that is a number"
    above, below = (yours > right)[off].any(), (yours < right)[off].any()
    if above and below:
        return "runs partly above, partly below the right one"
    return "runs above the right one" if above else "runs below the right one"


def _difference(curve: Curve, inside: NDArray[np.bool_], on: NDArray[np.bool_]) -> str:  # noqa: ARG001 - a _Relating
    """For slopes, where above and below say little."""
    return "follows the right one" if on[inside].all() else "differs from the right one"


def _growth(part: _Part, xs: Floats, yours: Floats, on: NDArray[np.bool_]) -> str:
    """How a loss goes on where it is wrong at last; nothing if that is no plain shape."""
    outer, values = xs[part.inside], yours[part.inside]
    size = float(np.max(np.abs(values)))
    if on[part.inside].all() or not size < _HUGE:
        return ""
    if np.ptp(values) <= _LIKE * size:
        return ", and stays flat at the end"
    squares = values[1:] / outer[1:] ** 2
    if np.ptp(squares) <= _LIKE * np.max(np.abs(squares)):
        return ", and keeps growing as a square"
    straight = np.polyval(np.polyfit(outer, values, 1), outer)
    if np.max(np.abs(straight - values)) <= _LIKE * size:
        return ", and is a straight line at the end"
    return ""


def training(what: Training) -> str:
    """How the loss went from step to step."""
    steps = what.losses
    if not steps or not all(math.isfinite(step) for step in (steps[0], steps[-1])):
        return "The loss of this training is no number."
    first, last = steps[0], steps[-1]
    ends = f"from {number(first)} to {number(last)} in {len(steps)} steps"
    if abs(last - first) <= _LIKE * max(abs(first), abs(last)):
        return f"The loss hardly changes: {ends}."
    return f"The loss {'falls' if last < first else 'grows'} {ends}."


def learned(what: Line | Distances) -> str:
    """What came out of the training."""
    if isinstance(what, Line):
        return _line(what)
    similar, dissimilar = what.similar, what.dissimilar
    if not all(math.isfinite(one) for one in (*similar, *dissimilar)):
        return "The trained network gives distances that are no numbers."
    ranges = (
        f"similar pairs lie {number(min(similar))} to {number(max(similar))} apart, dissimilar"
        f" ones {number(min(dissimilar))} to {number(max(dissimilar))}"
    )
    if max(similar) < min(dissimilar):
        return f"The trained network tells all pairs apart: {ranges}."
    if np.mean(similar) < np.mean(dissimilar):
        return f"Similar pairs are mostly nearer, but the two groups overlap: {ranges}."
    return f"Similar pairs are not nearer than dissimilar ones: {ranges}."


def _line(line: Line) -> str:
    if not (math.isfinite(line.slope) and math.isfinite(line.intercept)):
        return "The line it learned has no finite weights."
    near = abs(line.slope - 2) < 0.05 and abs(line.intercept + 1) < 0.1
    sign = "-" if line.intercept < 0 else "+"
    drawn = f"y = {number(line.slope)}x {sign} {number(abs(line.intercept))}"
    if near:
        return f"The model finds the line {drawn}, as it should."
    return f"The model ends at the line {drawn}; the points lie on y = 2x - 1."
