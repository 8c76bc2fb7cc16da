"""What a picture shows, in a sentence: for those who can't see it, and as its caption."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from grader.kit.exercises import Kind
from grader.kit.inputs import trainings as problems
from grader.kit.pictures import Curve, Distances, ExercisePictures, Line, Training

# Nearer than this part of the picture's height, two curves lie on each other for the eye.
_SEEN = 0.001
# A right answer in float32 is off by less.
_EXACT = 1e-5
# What a shape may be off by and still be called by its name.
_LIKE = 0.01
_HUGE = 1e30
# More stretches than these are not told one by one.
_MOST_RUNS = 5
# A shape has at least so many points.
_ENOUGH = 3

Floats = NDArray[np.float64]


class Lie(StrEnum):
    """How a point of a curve lies to the right one."""

    ON = "follows the right one"
    ABOVE = "runs above the right one"
    BELOW = "runs below the right one"
    OFF = "differs from the right one"
    NONE = "has no value that is a number"


@dataclass(frozen=True)
class _Run:
    """Neighbouring points that all lie in one way: from `first` to `last`, both included.

    touches: whether it meets the right curve somewhere within, as nearly every loss does at 0.
    """

    lie: Lie
    first: int
    last: int
    touches: bool = False


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


def all_right(curves: Sequence[Curve]) -> bool:
    """Whether no difference from the right curves can be seen."""
    return all(_on(curve, _scale(curves)).all() for curve in curves)


def _curves(pictures: ExercisePictures, curves: Sequence[Curve], noun: str) -> str:
    scale = _scale(curves)
    plain = pictures.spec.kind is Kind.FUNCTION
    drawn = "" if plain else f"With {pictures.spec.hyperparameter} {number(pictures.hyper)} "
    if all_right(curves):
        exact = all(_on(curve, scale, _EXACT).all() for curve in curves)
        if len(curves) > 1:
            subject = f"both of your {noun}s lie "
            where = "on the right ones" if exact else "so near the right ones"
        else:
            subject = f"your {noun} lies "
            where = "on the right one" if exact else "so near the right one"
        end = "everywhere in this picture" if exact else "that this picture shows no difference"
        return _sentence(f"{drawn}{subject}{where} {end}.")
    if len(curves) == 2 and _exchanged(curves[0], curves[1], scale):
        return (
            f"Your two {noun}s are exchanged: that of similar pairs is the right one for"
            " dissimilar pairs, and the other way round."
        )
    with np.errstate(all="ignore"):
        sentences = [_curve(curve, pictures, noun, scale) for curve in curves]
    return _sentence(drawn + " ".join(sentences)) if drawn else " ".join(sentences)


def _sentence(text: str) -> str:
    text = text.replace(" Your", " your", 1) if text.startswith("With ") else text
    return text[0].upper() + text[1:]


def _scale(curves: Sequence[Curve]) -> float:
    return max((abs(y) for curve in curves for y in curve.right), default=1.0) or 1.0


def _on(curve: Curve, scale: float, least: float = _SEEN) -> NDArray[np.bool_]:
    """The points at which the eye sees no difference; what is no number is never one."""
    with np.errstate(all="ignore"):
        found: NDArray[np.bool_] = (
            np.abs(np.array(curve.yours) - np.array(curve.right)) <= least * scale
        )
    return found


def _exchanged(one: Curve, other: Curve, scale: float) -> bool:
    """Whether each of two curves lies on the other's right one."""
    return all(
        np.all(np.abs(np.array(this.yours) - np.array(that.right)) <= _SEEN * scale)
        for this, that in ((one, other), (other, one))
    )


def _curve(curve: Curve, pictures: ExercisePictures, noun: str, scale: float) -> str:
    subject = f"Your {noun} of {curve.about} pairs" if curve.about else f"Your {noun}"
    if not np.isfinite(np.array(curve.yours)).any():
        return f"{subject} has no value that is a number."
    on = _on(curve, scale)
    runs = _runs(_lies(curve, on, noun), curve, pictures.hyper)
    if len(runs) == 1:
        alone = _alone(curve, runs[0], on, pictures.hyper)
        return f"{subject} {alone}{_growth(curve, runs[0], noun)}."
    if len(runs) > _MOST_RUNS:
        return f"{subject} lies partly on, partly off the right one, in turns."
    signed = pictures.signed
    said = _both_sides(curve, runs, noun, pictures.hyper) if signed else None
    return f"{subject} {said or _one_by_one(curve, runs, noun, pictures.hyper, signed=signed)}."


def _lies(curve: Curve, on: NDArray[np.bool_], noun: str) -> list[Lie]:
    lies = []
    for yours, right, here in zip(curve.yours, curve.right, on, strict=True):
        if here:
            lies.append(Lie.ON)
        elif not math.isfinite(yours) and math.isnan(yours):
            lies.append(Lie.NONE)
        elif noun == "slope":
            lies.append(Lie.OFF)  # where above and below say little
        else:
            lies.append(Lie.ABOVE if yours > right else Lie.BELOW)
    return lies


def _runs(lies: Sequence[Lie], curve: Curve, hyper: float) -> list[_Run]:
    """The stretches of a curve; where it only meets or crosses the right one is no stretch."""
    found: list[_Run] = []
    first = 0
    for lie, group in groupby(lies):
        last = first + len(list(group)) - 1
        found.append(_Run(lie, first, last))
        first = last + 1
    xs = curve.xs
    kept: list[_Run] = []
    touched = False
    for run in found:
        # Near zero nearly every loss is right.
        short = xs[run.last] - xs[run.first] <= hyper / 2 and len(found) > 1
        if run.lie is Lie.ON and short:
            touched = True
            if kept:
                kept[-1] = replace(kept[-1], last=run.last, touches=True)
        elif kept and kept[-1].lie is run.lie:
            kept[-1] = replace(kept[-1], last=run.last)
        else:
            begin = kept[-1].last + 1 if kept else 0
            kept.append(replace(run, first=begin, touches=touched and not kept))
    return kept


def _alone(curve: Curve, run: _Run, on: NDArray[np.bool_], hyper: float) -> str:
    if not run.touches:
        return f"{run.lie} everywhere"
    met = np.abs(np.array(curve.xs)[on])
    where = "near 0" if np.all(met <= hyper / 2) else "in places"
    return f"{run.lie}, and meets it only {where}"


def _both_sides(curve: Curve, runs: Sequence[_Run], noun: str, hyper: float) -> str | None:
    """A curve whose two sides are alike: right up to some size and then not, or so."""
    if len(runs) != 3 or runs[0].lie is not runs[2].lie:
        return None
    low, high = (_border(curve, *pair, hyper) for pair in pairwise(runs))
    if abs(low + high) > 1e-9:
        return None
    growth = _growth(curve, runs[2], noun)
    if growth != _growth(curve, runs[0], noun):
        growth = ""
    return (
        f"{runs[1].lie} for errors up to {number(high)} in size, and {runs[2].lie} beyond"
        f" that{growth}"
    )


def _one_by_one(
    curve: Curve, runs: Sequence[_Run], noun: str, hyper: float, *, signed: bool
) -> str:
    what, last = "errors" if signed else "distances", len(runs) - 1
    borders = [number(_border(curve, *pair, hyper)) for pair in pairwise(runs)]
    said = []
    for index, run in enumerate(runs):
        if index not in {0, last}:
            low, high = borders[index - 1 : index + 1]
            where = f"from {low} to {high}" if low != high else f"of {low}"
        elif signed:
            where = f"above {borders[-1]}" if index else f"below {borders[0]}"
        else:
            where = f"beyond {borders[-1]}" if index else f"up to {borders[0]}"
        outer = index == last or (signed and index == 0)
        growth = _growth(curve, run, noun) if outer else ""
        said.append(f"{run.lie} for {what} {where}{growth}")
    return "; ".join(said)


def _border(curve: Curve, left: _Run, right: _Run, hyper: float) -> float:
    """Where one stretch ends and the next begins, as exactly as the grid can say."""
    # What is right reaches up to its last point that is; two that are wrong cross in between.
    before, after = curve.xs[left.last], curve.xs[right.first]
    if Lie.ON in {left.lie, right.lie}:
        # Between the two points it may be anywhere; the threshold or margin is where it changes.
        for known in (hyper, -hyper):
            if before <= known <= after:
                return known
    if left.lie is Lie.ON:
        border = before
    elif right.lie is Lie.ON:
        border = after
    else:
        gaps = [abs(curve.yours[at] - curve.right[at]) for at in (left.last, right.first)]
        part = gaps[0] / sum(gaps) if 0 < sum(gaps) < _HUGE else 0.5
        border = before + part * (after - before)
    return round(border, 1)


def _growth(curve: Curve, run: _Run, noun: str) -> str:
    """How a loss goes on where it is wrong at last; nothing if that is no plain shape."""
    if noun != "curve" or run.lie in {Lie.ON, Lie.NONE} or run.last - run.first < _ENOUGH:
        return ""
    # What is looked at is the outer half: the beginning may still bend.
    outer = np.array(curve.xs[run.first : run.last + 1])
    values = np.array(curve.yours[run.first : run.last + 1])
    far = np.abs(outer) >= np.max(np.abs(outer)) / 2
    outer, values = outer[far], values[far]
    size = float(np.max(np.abs(values)))
    if not size < _HUGE:
        return ""
    if np.ptp(values) <= _LIKE * size:
        return ", and stays flat at the end"
    squares = values / outer**2
    if np.ptp(squares) <= _LIKE * np.max(np.abs(squares)):
        return ", and keeps growing as a square"
    side = outer > 0
    for half in (side, ~side):
        if half.sum() > 1:
            straight = np.polyval(np.polyfit(outer[half], values[half], 1), outer[half])
            if np.max(np.abs(straight - values[half])) > _LIKE * size:
                return ""
    return ", and is a straight line at the end"


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
    told = line.slope * problems.LINE_INPUT + line.intercept
    near = abs(told - problems.LINE_TARGET) <= problems.LINE_SLACK
    sign = "-" if line.intercept < 0 else "+"
    drawn = f"y = {number(line.slope)}x {sign} {number(abs(line.intercept))}"
    if near:
        return f"The model finds the line {drawn}; the points lie on y = 2x - 1."
    return f"The model ends at the line {drawn}; the points lie on y = 2x - 1."
