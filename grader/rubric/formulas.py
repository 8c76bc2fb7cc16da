"""The two losses as the checks see them: regions, the inputs of each, and the oracle.

A region is a part of the formula that can be right or wrong by itself; a side of it is one
batch. Region by region, a mistake in one half of a formula leaves the other half's points.

Inputs are small dyadic fractions: exact in single and half precision alike, so that every
right way to write a formula stays far inside the tolerance, and low precision shows in the
one check that is about it. Predictions vary apart from the errors, so that no function of
one argument can pass for a loss.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from grader.rubric import oracle
from grader.rubric.asking import Batch, Floats
from grader.rubric.exercises import Family

ABSOLUTE_TOLERANCE = 1e-6
RELATIVE_TOLERANCE = 1e-5

# Half precision is wrong, but one check alone is about that: the others allow for its rounding.
_COARSE = {"float16": 4e-3, "bfloat16": 3e-2}

# Fractions of the threshold or margin: inside, and beyond.
_INSIDE = np.array([1, 2, 3, 5, 6, 7, 9, 10, 11, 12, 14, 15]) / 16
_BEYOND = np.array([1.125, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6, 8])
# Not farther out: in a mean over all, large squares would hide a small mistake.
_ON_BOTH_SIDES = np.concatenate([_INSIDE, [1.0], _BEYOND[_BEYOND <= 4]])
_BASES = np.array([0.5, -1.0, 2.0, 0.0, -1.5, 1.0, -0.5, 1.5, -2.0, 0.25, 1.25, -0.75])


@dataclass(frozen=True)
class Side:
    """One batch of a region. `name` tells it from the region's other sides."""

    name: str
    batch: Batch


@dataclass(frozen=True)
class Region:
    """A part of the formula. It is right if any of its sides is.

    title: the part in a student's words, as in "where the error is small".
    """

    name: str
    title: str
    sides: Callable[[float], tuple[Side, ...]]


@dataclass(frozen=True)
class Reading:
    """How to read the hyperparameter in use off single values.

    points: (y_true, y_pred) of the values. formula: the hyperparameter from those values.
    """

    points: tuple[tuple[float, float], ...]
    formula: Callable[..., float]


@dataclass(frozen=True)
class Formula:
    """One of the two losses.

    value, gradient: the oracle, with float64 arrays (y_true, y_pred) and the hyperparameter.
    regions: the parts, at any hyperparameter. core: names of the regions whose right values
    are not all zero, so that they prove something. probes: pairs (y_true, y_pred) whose loss
    is not zero, to find the reduction with, in `probe_shape` and in a column. zeros: where the
    loss and its gradient vanish.
    hyper_from: how to tell which threshold or margin values belong to.
    """

    family: Family
    title: str
    hyperparameter: str
    value: Callable[[Floats, Floats, float], Floats]
    gradient: Callable[[Floats, Floats, float], Floats]
    regions: tuple[Region, ...]
    core: frozenset[str]
    probes: tuple[tuple[float, float], ...]
    probe_shape: tuple[int, ...]
    zeros: Batch
    hyper_from: Reading

    @property
    def labelled(self) -> bool:
        """Whether y_true is a label (1 or 0), which can be taken the wrong way round."""
        return self.family is Family.CONTRASTIVE

    def sides(self, hyper: float, *, swapped: bool = False) -> Iterator[tuple[Region, Side]]:
        """All batches, region by region; with labels 1 and 0 exchanged if `swapped`."""
        for region in self.regions:
            for side in region.sides(hyper):
                yield region, Side(side.name, flipped(side.batch) if swapped else side.batch)

    def fixed(self, hyper: float) -> Callable[[Floats, Floats, float], Floats]:
        """The formula with this hyperparameter, whichever is given."""
        return lambda y_true, y_pred, _: self.value(y_true, y_pred, hyper)

    def elements(self, batch: Batch, hyper: float, *, swapped: bool = False) -> Floats:
        """The right loss of each element; with labels 1 and 0 exchanged if `swapped`."""
        y_true, y_pred = _as_floats(batch)
        return self.value(1 - y_true if swapped else y_true, y_pred, hyper)

    def slopes(self, batch: Batch, hyper: float, *, swapped: bool = False) -> Floats:
        """The right derivative of each element's loss with respect to y_pred."""
        y_true, y_pred = _as_floats(batch)
        return self.gradient(1 - y_true if swapped else y_true, y_pred, hyper)


def _as_floats(batch: Batch) -> tuple[Floats, Floats]:
    return batch.y_true.astype(np.float64), batch.y_pred.astype(np.float64)


def close(got: Floats, want: Floats, dtype: str = "float32") -> bool:
    """Whether both have one shape and agree within the tolerance; NaN agrees with nothing.

    dtype: of the answer. Values that come in half precision are allowed its rounding.
    """
    if got.shape != want.shape:
        return False
    coarse = _COARSE.get(dtype, 0.0)
    absolute, relative = ABSOLUTE_TOLERANCE + coarse, RELATIVE_TOLERANCE + coarse
    return bool(np.all(np.abs(got - want) <= absolute + relative * np.abs(want)))


def flipped(batch: Batch) -> Batch:
    """The same pairs with labels 1 and 0 exchanged."""
    return Batch(1 - batch.y_true, batch.y_pred)


def errors(sizes: Floats) -> Batch:
    """A batch whose errors y_true - y_pred are `sizes`, at varied predictions."""
    predictions = np.resize(_BASES, sizes.shape)
    return Batch.of(predictions + sizes, predictions)


def pairs(label: float, distances: Floats) -> Batch:
    """A batch of pairs, all similar (label 1) or all dissimilar (label 0)."""
    return Batch.of(np.full(distances.shape, label), distances)


def _both_signs(fractions: Floats) -> Callable[[float], tuple[Side, ...]]:
    def sides(hyper: float) -> tuple[Side, ...]:
        return (
            Side("positive", errors(fractions * hyper)),
            Side("negative", errors(-fractions * hyper)),
        )

    return sides


def _one_batch(label: float, fractions: Floats) -> Callable[[float], tuple[Side, ...]]:
    return lambda hyper: (Side("", pairs(label, fractions * hyper)),)


HUBER = Formula(
    family=Family.HUBER,
    title="Huber loss",
    hyperparameter="threshold",
    value=oracle.huber,
    gradient=oracle.huber_gradient,
    regions=(
        Region("small_errors", "where the error is within the threshold", _both_signs(_INSIDE)),
        Region("large_errors", "where the error is beyond the threshold", _both_signs(_BEYOND)),
    ),
    core=frozenset({"small_errors", "large_errors"}),
    probes=((0.75, 0.25), (3.5, 0.5), (0.25, 0.75), (0.5, 3.5)),
    probe_shape=(4, 3),
    zeros=Batch.of([0.5, -1.0, 2.0], [0.5, -1.0, 2.0]),
    # The linear part grows by the threshold with each unit of the error.
    hyper_from=Reading(((64.0, 0.0), (62.0, 0.0)), lambda far, near: (far - near) / 2),
)

CONTRASTIVE = Formula(
    family=Family.CONTRASTIVE,
    title="contrastive loss",
    hyperparameter="margin",
    value=oracle.contrastive,
    gradient=oracle.contrastive_gradient,
    regions=(
        Region(
            "similar_pairs",
            "for similar pairs",
            _one_batch(1.0, _ON_BOTH_SIDES),
        ),
        Region(
            "dissimilar_pairs",
            "for dissimilar pairs nearer than the margin",
            _one_batch(0.0, _INSIDE),
        ),
        Region(
            "beyond_margin",
            "for dissimilar pairs farther apart than the margin",
            _one_batch(0.0, _BEYOND),
        ),
    ),
    core=frozenset({"similar_pairs", "dissimilar_pairs"}),
    probes=((1.0, 0.25), (0.0, 0.25), (1.0, 0.75), (0.0, 2.5)),
    probe_shape=(4,),
    zeros=Batch.of([1.0, 1.0, 1.0], [0.0, 0.0, 0.0]),
    # A dissimilar pair without any distance pays the square of the margin.
    hyper_from=Reading(((0.0, 0.0),), lambda value: float(np.sqrt(value))),
)

FORMULAS = {Family.HUBER: HUBER, Family.CONTRASTIVE: CONTRASTIVE}
