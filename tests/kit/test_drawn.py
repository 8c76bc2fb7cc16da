"""Inputs off the grid leave no gap, and are exact in single precision with their squares."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from grader.kit.inputs import drawn


@given(st.floats(0, 4), st.floats(0.5, 90), st.integers(1, 300), st.integers(0, 2**16))
def test_neighbours_are_at_most_two_parts_apart(
    low: float, length: float, count: int, seed: int
) -> None:
    numbers = drawn.stratified(low, low + length, count, seed)
    ends = np.concatenate([[low], numbers, [low + length]])
    rounding = 1 / 16
    assert len(numbers) == count
    assert np.all(np.diff(ends) <= 2 * length / count + rounding)


@given(st.floats(-120, 120))
def test_numbers_and_their_squares_are_exact_in_single_precision(number: float) -> None:
    kept = drawn.exact(np.array([number]))
    assert np.float32(kept[0]) == kept[0]
    assert np.float32(kept[0] ** 2) == kept[0] ** 2
    assert abs(kept[0] - number) <= 1 / 32


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=50))
def test_a_group_holds_numbers_of_alike_size(numbers: list[float]) -> None:
    groups = list(drawn.octaves(np.array(numbers), 0.125))
    assert sorted(np.concatenate(groups)) == sorted(numbers)
    assert all(max(group) <= 2 * max(min(group), 0.125) for group in groups)


def test_a_seed_draws_the_same_every_time() -> None:
    first, second = (drawn.stratified(0, 1, 20, seed=4) for _ in range(2))
    np.testing.assert_array_equal(first, second)
