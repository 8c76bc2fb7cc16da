"""Holds marks against readings: what a fair teacher would give for each known mistake.

`solutions/marks.toml` says for every known mistake how much of its exercise it deserves, and the
band that a fair mark lies in. Agreement is told in figures, and a mark outside its band is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec
import numpy as np

from grader.errors import UsageError
from grader.kit.interface import Floats
from grader.validation_results import Agreement

MARKS = "marks.toml"
# Marks that are farther apart than this are told by their number.
FAR = 25.0

_Percent = Annotated[float, msgspec.Meta(ge=0, le=100)]


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much of an exercise an answer deserves, in per cent, and the band that is fair.

    apart: why the grader's mark lies outside the band and is left there; empty if it does not.
    """

    kind: str
    mark: _Percent
    band: tuple[_Percent, _Percent]
    why: str
    apart: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError if the mark is not in its own band."""
        low, high = self.band
        if not low <= self.mark <= high:
            raise ValueError(f"the mark {self.mark:g} is not between {low:g} and {high:g}")

    def is_met(self, percent: float) -> bool:
        """Whether a mark is fair; half a point of rounding is no matter."""
        return self.band[0] - 0.5 <= percent <= self.band[1] + 0.5


@dataclass(frozen=True)
class Marked:
    """One answer, the per cent that it earned, and its reading."""

    name: str
    percent: float
    reading: Reading


def agreement(marked: Sequence[Marked], place: Path | str = MARKS) -> Agreement:
    """The agreement over these answers, whose readings are in the file `place`."""
    got = np.array([each.percent for each in marked])
    want = np.array([each.reading.mark for each in marked])
    apart = np.abs(got - want)
    outside = [each for each in marked if not each.reading.is_met(each.percent)]
    lines = [
        f"{each.name}: earns {each.percent:.0f} of 100; fair is {each.reading.band[0]:g} to "
        f"{each.reading.band[1]:g} ({each.reading.why})"
        for each in outside
        if not each.reading.apart
    ]
    lines += [
        f"{each.name}: earns a fair {each.percent:.0f} of 100, and needs no reason in {place}"
        for each in marked
        if each.reading.apart and each not in outside
    ]
    return Agreement(
        len(marked),
        _spearman(got, want) if len(marked) > 1 else 1.0,
        float(np.mean(apart)) if len(marked) else 0.0,
        int(np.sum(apart > FAR)),
        len(outside),
        tuple(lines),
    )


def load(path: Path) -> Mapping[str, Reading]:
    """The readings by name of the mistake. Raises UsageError if the file can't be read."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=dict[str, Reading])
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        raise UsageError(f"{path}: {error}") from None


def _spearman(first: Floats, second: Floats) -> float:
    """The correlation of ranks, ties sharing theirs; 0 where one side has a single rank."""
    ranks = np.stack([_ranks(numbers) for numbers in (first, second)])
    if np.any(np.ptp(ranks, axis=1) == 0):
        return 0.0
    return float(np.asarray(np.corrcoef(ranks))[0, 1])


def _ranks(numbers: Floats) -> Floats:
    _, place, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[place])
