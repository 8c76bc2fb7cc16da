"""How wrong values lie to the right ones, in words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader.assignments.custom_losses.oracle import Floats
from grader.kit.elementwise.differing import differing

SIZES = np.array([0.25, 0.5, 1.0, 2.0])
WANT = SIZES**2

CASES: dict[str, tuple[Callable[[Floats], Floats], str]] = {
    "all zero": (lambda x: 0 * x, "all zero"),
    "wrong sign": (lambda x: -(x**2), "of the wrong sign"),
    "no number": (lambda x: np.log(-x), "not all numbers"),
    "twice": (lambda x: 2 * x**2, "too large, all by one and the same factor"),
    "half": (lambda x: x**2 / 2, "too small, all by one and the same factor"),
    "one less": (lambda x: x**2 - 1, "too small, all by one and the same amount"),
    "faster": (lambda x: x**2 + x**3, "too large, and the more so the larger the error"),
    "slower at first": (
        lambda x: x**2 + 1 / x,
        "too large, and the more so the smaller the error",
    ),
    "right at first": (
        lambda x: np.where(x > 0.6, 3.0 * x, x**2),
        "too large for the larger errors alone",
    ),
    "right in the end": (
        lambda x: np.where(x > 0.6, x**2, 0.0),
        "too small for the smaller errors alone",
    ),
    "one in the middle": (
        lambda x: np.where(x == 0.5, 9.0, x**2),
        "too large for some errors alone",
    ),
    "crossing": (lambda x: x, "too large for small errors and too small for large ones"),
    "up and down": (
        lambda x: x**2 + np.array([1.0, -0.1, 1.0, -1.0]),
        "too large in some places and too small in others",
    ),
    "a breath away": (lambda x: x**2 * (1 + 1e-5), "nearly right, but not quite"),
}


@pytest.mark.parametrize(("formula", "words"), CASES.values(), ids=CASES)
def test_a_difference_has_its_words(formula: Callable[[Floats], Floats], words: str) -> None:
    with np.errstate(invalid="ignore"):
        got = formula(SIZES)
    assert differing(got, WANT, SIZES, "error") == words


def test_the_order_of_the_inputs_does_not_matter() -> None:
    shuffled = np.array([2, 0, 3, 1])
    got = SIZES**2 + SIZES**3
    words = differing(got[shuffled], WANT[shuffled], SIZES[shuffled], "distance")
    assert words == "too large, and the more so the larger the distance"


def test_a_single_value_is_too_large_or_too_small_and_no_more() -> None:
    one = np.array([1.0])
    assert differing(3 * one, one, one, "error") == "too large"
    assert differing(0 * one, one, one, "error") == "zero"
