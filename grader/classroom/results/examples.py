"""What a wrong answer gives, in a sentence: one input, what came out, and what is right.

It comes from what instructors alone may see, such as "y_true = [[0.5], [1.0]]", "got = ...".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import msgspec

_GOT, _WANT = "got", "want"
# Less would be rounded away in the sentence.
_APART = 1e-3
_Flat = list[float]


def told(evidence: Mapping[str, Iterable[str]]) -> str:
    """The first check of these that has an example; empty if none has."""
    return next(filter(None, map(_of, evidence.values())), "")


def _of(lines: Iterable[str]) -> str:
    found = {name: _flat(text) for name, _, text in (line.partition(" = ") for line in lines)}
    got, want = found.pop(_GOT, []), found.pop(_WANT, [])
    if not got or len(got) != len(want):
        return ""
    # Where they are farthest apart there is most to see.
    place = max(range(len(got)), key=lambda at: abs(got[at] - want[at]))
    if abs(got[place] - want[place]) <= _APART * max(1.0, abs(want[place])):
        return ""
    sizes = {len(values) for values in found.values()}
    if sizes == {len(got)}:
        where = " and ".join(f"{name} = {values[place]:.6g}" for name, values in found.items())
    elif len(got) == 1 and len(sizes) == 1:
        where = f"{sizes.pop()} rows together"
    else:
        return ""
    return f"For {where} it gives {got[place]:.6g}; right is {want[place]:.6g}."


def _flat(text: str) -> _Flat:
    """The numbers of nested lists; none if there is anything else, or one is not finite."""
    try:
        left = [msgspec.json.decode(text)]
    except (msgspec.MsgspecError, ValueError):
        return []
    numbers: _Flat = []
    while left:
        one = left.pop()
        if isinstance(one, list):
            left += reversed(one)
        elif isinstance(one, int | float) and math.isfinite(one):
            numbers.append(float(one))
        else:
            return []
    return numbers
