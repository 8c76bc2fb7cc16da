"""How wrong values lie to the right ones, in words: what a look at both would tell, no numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from grader.kit.interface import Floats

# What values may be off by and still count as alike: less than any eye would see.
_ALIKE = 1e-3


def differing(got: Floats, want: Floats, sizes: Floats, noun: str) -> str:
    """A phrase about all values of one stretch, as in "your values are {too small ...}".

    sizes: of the errors, or the distances, that the values belong to; noun: which of the two.
    """
    with np.errstate(all="ignore"):
        return _phrase(got.ravel(), want.ravel(), sizes.ravel(), noun)


def _phrase(got: Floats, want: Floats, sizes: Floats, noun: str) -> str:
    if not np.all(np.isfinite(got)):
        return "not all numbers" if len(got) > 1 else "no number"
    if np.all(got == 0):
        return "all zero" if len(got) > 1 else "zero"
    if np.all(np.abs(got + want) <= _ALIKE * np.abs(want)):
        return "of the wrong sign"
    off = got - want
    wrong = np.abs(off) > _ALIKE * np.maximum(np.abs(want), _ALIKE)
    if not np.any(wrong):
        return "nearly right, but not quite"
    if np.any(off[wrong] > 0) and np.any(off[wrong] < 0):
        first = off[wrong][np.argmin(sizes[wrong])]
        near, far = ("small", "large") if first < 0 else ("large", "small")
        if _turns_once(off[wrong], sizes[wrong]):
            return f"too {near} for small {noun}s and too {far} for large ones"
        return "too large in some places and too small in others"
    side = "too large" if np.sum(off[wrong]) > 0 else "too small"
    return f"{side}{_how(got, want, off, sizes, wrong, noun)}"


def _turns_once(off: Floats, sizes: Floats) -> bool:
    signs = np.sign(off[np.argsort(sizes, kind="stable")])
    return int(np.count_nonzero(np.diff(signs))) == 1


def _how(
    got: Floats, want: Floats, off: Floats, sizes: Floats, wrong: NDArray[np.bool_], noun: str
) -> str:
    if len(got) < 3:
        return ""
    if not np.all(wrong):
        if np.min(sizes[wrong]) > np.max(sizes[~wrong]):
            return f" for the larger {noun}s alone"
        if np.max(sizes[wrong]) < np.min(sizes[~wrong]):
            return f" for the smaller {noun}s alone"
        return f" for some {noun}s alone"
    if np.ptp(off) <= _ALIKE * np.max(np.abs(off)):
        return ", all by one and the same amount"
    if np.all(want != 0) and np.ptp(got / want) <= _ALIKE * np.max(np.abs(got / want)):
        return ", all by one and the same factor"
    steps = np.diff(np.abs(off)[np.argsort(sizes, kind="stable")])
    if np.all(steps >= 0):
        return f", and the more so the larger the {noun}"
    if np.all(steps <= 0):
        return f", and the more so the smaller the {noun}"
    return ""
