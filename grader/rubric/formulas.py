"""The two losses as the checks see them: regions, the inputs of each, and the oracle.

A region is a part of the formula that can be right or wrong by itself; a side of it is one
batch. Region by region, a mistake in one half of a formula leaves the other half's points.

Inputs are small dyadic fractions: exact in single and half precision alike, so that every
right way to write a formula stays far inside the tolerance, and low precision shows in the
one check that is about it. Predictions vary apart from the errors, so that no function of
one argument can pass for a loss.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from grader.rubric import oracle
from grader.rubric.asking import Batch, Floats
from grader.rubric.exercises import Family

ABSOLUTE_TOLERANCE = 1e-6
RELATIVE_TOLERANCE = 1e-5

# Fractions of the threshold or margin: inside, and beyond.
_INSIDE = np.array([1, 2, 3, 5, 6, 7, 9, 10, 11, 12, 14, 15]) / 16
_BEYOND = np.array([1.125, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6, 8])
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
class Formula:
    """One of the two losses.

    value, gradient: the oracle, with float64 arrays (y_true, y_pred) and the hyperparameter.
    regions: the parts, at any hyperparameter. core: names of the regions which all must fit before
    an answer counts as written in another convention. probes: pairs (y_true, y_pred) whose
    loss is not zero, to find the reduction with. zeros: where the loss and its gradient vanish.
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

    @property
    def labelled(self) -> bool:
        """Whether y_true is a label (1 or 0), which can be taken the wrong way round."""
        return self.family is Family.CONTRASTIVE

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


def close(got: Floats, want: Floats) -> bool:
    """Whether both have one shape and agree within the tolerance; NaN agrees with nothing."""
    if got.shape != want.shape:
        return False
    return bool(
        np.all(np.abs(got - want) <= ABSOLUTE_TOLERANCE + RELATIVE_TOLERANCE * np.abs(want))
    )


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
            _one_batch(1.0, np.concatenate([_INSIDE, [1.0, 1.25, 1.5, 2.0]])),
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
    probe_shape=(4, 1),
    zeros=Batch.of([1.0, 1.0, 1.0], [0.0, 0.0, 0.0]),
)

FORMULAS = {Family.HUBER: HUBER, Family.CONTRASTIVE: CONTRASTIVE}
