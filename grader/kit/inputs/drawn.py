"""Inputs off any grid: drawn once by a fixed seed, dense enough that no gap can be guessed.

All numbers are rounded so far that they and their squares are exact in single precision:
then every right way to write a formula stays far inside the tolerance, differences of squares
among them.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.kit.interface import Floats

# Steps of the numbers below and from _LARGE on: 11 and 11 bits, so 22 in a square.
_LARGE, _FINE_STEP, _COARSE_STEP = 8.0, 2.0**-8, 2.0**-4


def stratified(low: float, high: float, count: int, seed: int) -> Floats:
    """`count` numbers in ascending order, one drawn in each of as many equal parts.

    No two neighbours are farther apart than two parts.
    """
    within = np.random.default_rng(seed).uniform(size=count)
    return exact(low + (np.arange(count) + within) * (high - low) / count)


def exact(numbers: Floats) -> Floats:
    """The numbers, rounded so that their squares are exact in single precision."""
    step = np.where(np.abs(numbers) < _LARGE, _FINE_STEP, _COARSE_STEP)
    return np.round(numbers / step) * step


def octaves(numbers: Floats, smallest: float) -> Iterator[Floats]:
    """The numbers in groups whose largest is at most twice the smallest.

    In a mean or a sum over one such group no number hides the others. All that is below
    `smallest` is one group.
    """
    size = np.floor(np.log2(np.maximum(np.abs(numbers), smallest) / smallest))
    for octave in np.unique(size):
        yield numbers[size == octave]
