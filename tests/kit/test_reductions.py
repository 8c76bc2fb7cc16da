"""Which reduction an answer uses is told by what several equal elements give."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader.assignments.custom_losses.oracle import Floats
from grader.kit.elementwise.reductions import (
    COLUMN,
    MEAN,
    OTHER_SHAPES,
    PER_ELEMENT,
    Reduction,
    recognised,
)

SINGLE = 0.125
SQUEEZED, FLAT = OTHER_SHAPES


def answers(
    reduce: Callable[..., object], *shapes: tuple[int, ...]
) -> dict[tuple[int, ...], Floats]:
    """What a loss with this reduction gives, by shape."""
    return {shape: np.asarray(reduce(np.full(shape, SINGLE))) for shape in shapes}


KNOWN: dict[str, tuple[Callable[..., object], Reduction]] = {
    "none": (lambda x: x, PER_ELEMENT),
    "mean": (np.mean, MEAN),
    "mean in an array": (lambda x: np.mean(x).reshape(1), Reduction("all", form="flat")),
    "mean, axes kept": (lambda x: np.mean(x, keepdims=True), Reduction("all", kept=True)),
    "sum": (np.sum, Reduction("all", "sum")),
    "mean over the last axis": (lambda x: np.mean(x, axis=-1), Reduction("last")),
    "mean over the first axis": (lambda x: np.mean(x, axis=0), Reduction("first")),
    "squeezed": (np.squeeze, SQUEEZED),
    "flat": (np.ravel, FLAT),
}


@pytest.mark.parametrize(("reduce", "reduction"), KNOWN.values(), ids=KNOWN)
def test_a_reduction_is_told_by_two_shapes(
    reduce: Callable[..., object], reduction: Reduction
) -> None:
    assert recognised(SINGLE, answers(reduce, (4, 3), COLUMN)) == reduction


def test_a_flat_answer_is_no_mean_over_the_last_axis() -> None:
    """In a column alone nobody could tell."""
    assert recognised(SINGLE, answers(np.ravel, COLUMN)) == Reduction("last")
    assert recognised(SINGLE, answers(np.ravel, (4, 3), COLUMN)) == FLAT


def test_what_goes_wrong_in_another_shape_alone_leaves_the_column() -> None:
    broken = {(4, 3): np.full((3, 3), 7.0), **answers(np.mean, COLUMN)}
    assert recognised(SINGLE, broken) == MEAN


def test_other_values_and_no_values_have_no_known_reduction() -> None:
    assert recognised(SINGLE, answers(lambda x: 3 * np.sum(x), (4, 3), COLUMN)) is None
    assert recognised(SINGLE, {}) is None


@pytest.mark.parametrize("reduction", [reduction for _, reduction in KNOWN.values()], ids=KNOWN)
def test_the_weight_is_the_slope_of_the_summed_result(reduction: Reduction) -> None:
    elements = np.full((4, 3), SINGLE)
    moved = elements.copy()
    moved[1, 2] += 1.0
    slope = np.sum(reduction(moved)) - np.sum(reduction(elements))
    assert np.isclose(slope, reduction.weight(elements.shape))
