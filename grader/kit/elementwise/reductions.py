"""Which reduction an answer uses, so that like is compared with like.

A loss that returns the mean where one loss per element was asked for is wrong in one
thing. Found out first, the other checks can reduce what they expect in the same way, and
one check alone is about the reduction.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    with length 1. form: what becomes of the shape in the end, as by reshape(-1) ("flat")
    or by squeeze.
    """

    axes: Axes
    operation: Literal["mean", "sum"] = "mean"
    kept: bool = False
    form: Literal["as it is", "flat", "squeezed"] = "as it is"

    def __call__(self, elements: Floats) -> Floats:
        """The elements, reduced."""
        axis = self._axis(elements.ndim)
        reduced: Floats
        if self.operation == "mean":
            reduced = np.mean(elements, axis=axis, keepdims=self.kept)
        else:
            reduced = np.sum(elements, axis=axis, keepdims=self.kept)
        if self.form == "squeezed":
            return np.squeeze(reduced)
        return reduced.reshape(-1) if self.form == "flat" else reduced

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
        whole = not self.kept and self.form == "as it is"
        return words if whole else f"{words}, in an array of its own"


PER_ELEMENT = Reduction("none")
MEAN = Reduction("all")
# One loss per element, and nothing wrong but the shape that they come in.
OTHER_SHAPES = (Reduction("none", form="squeezed"), Reduction("none", form="flat"))

# The shapes to find a reduction in. Most is asked in columns, so there it has to fit.
ALONE, COLUMN = (1, 1), (4, 1)

KNOWN = (
    PER_ELEMENT,
    MEAN,
    Reduction("last"),
    Reduction("all", "sum"),
    Reduction("last", "sum"),
    Reduction("first"),
    Reduction("first", "sum"),
    Reduction("all", form="flat"),
    Reduction("all", kept=True),
    Reduction("last", kept=True),
    Reduction("first", kept=True),
    Reduction("all", "sum", form="flat"),
    Reduction("all", "sum", kept=True),
    Reduction("last", "sum", kept=True),
    Reduction("first", "sum", kept=True),
    *OTHER_SHAPES,
)


def recognised(single: float, answers: Mapping[tuple[int, ...], Floats]) -> Reduction | None:
    """The reduction that turns equal elements into all of `answers`.

    single: the loss of one element alone. answers: by shape, what so many of that element gave.
    A reduction that fits the column alone will do if none fits every shape: what goes wrong in
    another shape is for another check. None if no known reduction fits.
    """
    for shapes in (tuple(answers), (COLUMN,)):
        for reduction in KNOWN:
            if shapes and all(
                shape in answers and _fits(reduction(np.full(shape, single)), answers[shape])
                for shape in shapes
            ):
                return reduction
    return None


def _fits(expected: Floats, answer: Floats) -> bool:
    return expected.shape == answer.shape and np.allclose(answer, expected, rtol=1e-2, atol=1e-6)
