"""What a loss is to the checks: its formula, its regions with their inputs, and its edges.

A region is a part of the formula that can be right or wrong by itself; a side of it holds
inputs of one kind. Region by region, a mistake in one half of a formula leaves the other
half's points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from grader.kit.elementwise.misconception import Misconception
from grader.kit.interface import Batch, Floats


@dataclass(frozen=True)
class Side:
    """Inputs of one kind in a region. `name` tells it from the region's other sides.

    batch: a table. dense: many more, in batches of alike sizes, so that none hides in a mean.
    """

    name: str
    batch: Batch
    dense: tuple[Batch, ...] = ()

    @property
    def batches(self) -> tuple[Batch, ...]:
        """All inputs."""
        return self.batch, *self.dense


@dataclass(frozen=True)
class Region:
    """A part of the formula. It is right if any of its sides is.

    title: the part in a student's words, as in "where the error is small".
    """

    name: str
    title: str
    sides: Callable[[float], tuple[Side, ...]]


@dataclass(frozen=True)
class Edge:
    """A point between regions, or where one ends. around: the rows next to it on both sides."""

    where: str
    point: Batch
    around: Batch

    @property
    def batch(self) -> Batch:
        """The point and what is around it."""
        return Batch.joined((self.point, self.around))


@dataclass(frozen=True)
class Reading:
    """How to read the hyperparameter in use off single values.

    points: (y_true, y_pred) of the values. formula: the hyperparameter from those values.
    """

    points: tuple[tuple[float, float], ...]
    formula: Callable[..., float]


@dataclass(frozen=True)
class Formula:
    """A loss.

    value, gradient: the oracle, with float64 arrays (y_true, y_pred) and the hyperparameter.
    regions: the parts, at any hyperparameter. core: names of the regions whose right values
    are not all zero, so that they prove something. edges: the points between them. probes:
    pairs (y_true, y_pred) whose loss is not zero, to find the reduction with, in `probe_shape`
    and in a column. zeros: where the loss has a corner in many ways to write it. hyper_from:
    how to tell which hyperparameter values belong to. hypers: those to ask with, 1 first.
    following: inputs whose right loss
    depends on the hyperparameter, wherever it lies between 0.5 and 2.5. fine: numbers that need
    all of single precision. labelled: whether
    y_true is a label (1 or 0), which can be taken the wrong way round. misconceptions: known
    wrong formulas. another: the right one with a hyperparameter of its own, which no list holds.
    """

    title: str
    hyperparameter: str
    value: Callable[[Floats, Floats, float], Floats]
    gradient: Callable[[Floats, Floats, float], Floats]
    regions: tuple[Region, ...]
    core: frozenset[str]
    edges: Callable[[float], tuple[Edge, ...]]
    probes: tuple[tuple[float, float], ...]
    probe_shape: tuple[int, ...]
    zeros: Batch
    hyper_from: Reading
    hypers: tuple[float, ...]
    following: Batch
    fine: Batch
    labelled: bool = False
    misconceptions: tuple[Misconception, ...] = ()
    another: Misconception | None = None

    def sides(self, hyper: float, *, swapped: bool = False) -> Iterator[tuple[Region, Side]]:
        """All batches, region by region; with labels 1 and 0 exchanged if `swapped`."""
        for region in self.regions:
            for side in region.sides(hyper):
                yield region, _flipped_side(side) if swapped else side

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


def flipped(batch: Batch) -> Batch:
    """The same pairs with labels 1 and 0 exchanged."""
    return Batch(1 - batch.y_true, batch.y_pred)


def _flipped_side(side: Side) -> Side:
    return Side(side.name, flipped(side.batch), tuple(flipped(batch) for batch in side.dense))
