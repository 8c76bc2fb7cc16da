"""Which reduction an answer uses, so that like is compared with like.

A loss that returns the mean where one loss per element was asked for is wrong in one
thing. Found out first, the other checks can reduce what they expect in the same way, and
one check alone is about the reduction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Axes = Literal["none", "last", "first", "all"]


@dataclass(frozen=True)
class Reduction:
    """How one loss per element becomes what the answer returns.

    axes: over which axes; operation: "mean" or "sum"; kept: whether reduced axes stay
    with length 1 ("flat": all of them collapse into a shape of (1,)).
    """

    axes: Axes
    operation: Literal["mean", "sum"] = "mean"
    kept: Literal["no", "yes", "flat"] = "no"

    def __call__(self, elements: Floats) -> Floats:
        """The elements, reduced."""
        axis = self._axis(elements.ndim)
        reduced: Floats
        if self.operation == "mean":
            reduced = np.mean(elements, axis=axis, keepdims=self.kept == "yes")
        else:
            reduced = np.sum(elements, axis=axis, keepdims=self.kept == "yes")
        return reduced.reshape(1) if self.kept == "flat" else reduced

    def weight(self, shape: tuple[int, ...]) -> float:
        """What the derivative of the summed result gives each element."""
        if self.operation == "sum":
            return 1.0
        axis = self._axis(len(shape))
        return 1.0 / float(np.prod([shape[index] for index in axis]))

    def _axis(self, dimensions: int) -> tuple[int, ...]:
        if self.axes == "none":
            return ()
        if self.axes == "last":
            return (dimensions - 1,)
        if self.axes == "first":
            return (0,)
        return tuple(range(dimensions))

    def __str__(self) -> str:
        """In words, for a student."""
        if self.axes == "none":
            return "one loss per element"
        where = {"last": "over the last axis", "first": "over the first axis", "all": "over all"}
        words = f"the {self.operation} {where[self.axes]}"
        return words if self.kept == "no" else f"{words}, in an array of its own"


PER_ELEMENT = Reduction("none")
MEAN = Reduction("all")

_ALL = (
    PER_ELEMENT,
    MEAN,
    Reduction("last"),
    Reduction("all", "sum"),
    Reduction("last", "sum"),
    Reduction("first"),
    Reduction("first", "sum"),
    Reduction("all", kept="flat"),
    Reduction("all", kept="yes"),
    Reduction("last", kept="yes"),
    Reduction("first", kept="yes"),
    Reduction("all", "sum", kept="flat"),
    Reduction("all", "sum", kept="yes"),
    Reduction("last", "sum", kept="yes"),
    Reduction("first", "sum", kept="yes"),
)


def recognised(single: float, repeated: Floats, shape: tuple[int, ...]) -> Reduction | None:
    """The reduction that turns equal elements into `repeated`.

    single: the loss of one element alone. repeated: the answer to `shape` such elements.
    None if no known reduction fits.
    """
    elements = np.full(shape, single)
    for reduction in _ALL:
        expected = reduction(elements)
        if expected.shape == repeated.shape and np.allclose(
            repeated, expected, rtol=1e-2, atol=1e-6
        ):
            return reduction
    return None
