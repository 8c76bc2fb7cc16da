"""Probes: attacks that try one thing, six to a notebook, one for each exercise.

An exercise with a probe is answered rightly exactly if its attempt is stopped. Where all are
stopped, the notebook has 100 points and costs one child.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from grader.sandbox import Tier
from tests.hostile import honest
from tests.hostile.attack import Attack

_STOPPED = """\
outcomes = {}


def stopped(probe):
    if probe not in outcomes:
        try:
            outcomes[probe] = not probe()
        except (OSError, ImportError, MemoryError):
            outcomes[probe] = True
    if not outcomes[probe]:
        raise RuntimeError("the attack went through")
"""

# The line of an answer after which it computes.
_COMPUTES = "y_true, y_pred):\n"


@dataclass(frozen=True)
class Batch:
    """Up to six probes, each with the exercise it stands in."""

    places: tuple[tuple[str, Attack], ...]

    def exercise_of(self, attack: Attack) -> str:
        """The exercise whose answer depends on this probe."""
        return next(name for name, each in self.places if each is attack)

    def notebook(self, world: dict[str, Any]) -> bytes:
        """The honest notebook with these probes in its answers."""
        held = dict(self.places)
        cells = [*honest.sources(f"WORLD = {world!r}\n", honest.ANSWERS.keys() - held), _STOPPED]
        for name, attack in held.items():
            cells += [_as_function(f"probe_{name}", attack), _answer(name)]
        return honest.notebook([honest.code_cell(source) for source in cells])


def batches(attacks: Sequence[Attack], tier: Tier) -> list[Batch]:
    """The probes in as few notebooks as can be; what is not stopped stands apart."""
    probes = [each for each in attacks if each.probe]
    stopped = [each for each in probes if each.stopped_in(tier)]
    others = [each for each in probes if not each.stopped_in(tier)]
    return [
        Batch(tuple(zip(honest.ANSWERS, six, strict=False)))
        for six in chain(_sixes(stopped), _sixes(others))
    ]


def _sixes(attacks: Sequence[Attack]) -> Iterator[tuple[Attack, ...]]:
    size = len(honest.ANSWERS)
    for start in range(0, len(attacks), size):
        yield tuple(attacks[start : start + size])


def _as_function(name: str, attack: Attack) -> str:
    """The attack's cell as a function, so that its names are its own."""
    (cell,) = attack.cells
    return f"def {name}():\n{textwrap.indent(cell, '    ')}\n    return attempt()\n"


def _answer(name: str) -> str:
    """The right answer to an exercise, but only if its probe is stopped."""
    before, computes, after = honest.ANSWERS[name].partition(_COMPUTES)
    indent = after[: len(after) - len(after.lstrip())]
    return f"{before}{computes}{indent}stopped(probe_{name})\n{after}"
