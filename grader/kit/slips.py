"""What a slip costs: an answer that one small edit makes right keeps most of its points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class SlipPolicy:
    """An assignment's word on slips.

    cost: the share of an exercise's points that a slip costs, between 0 and 1. by_kind: other
    shares, by the kind of slip. never_for: parts that the exercise is about, so that to fail
    them while all before them is right is no slip. unrunnable_keeps: whether an answer that
    can't be run as it stands (a name that is missing, a line that is no Python) may keep points
    at all.
    """

    cost: float = 0.45
    by_kind: Mapping[str, float] = field(default_factory=dict)
    never_for: frozenset[str] = frozenset({"hyperparameter"})
    unrunnable_keeps: bool = True

    def cost_of(self, kind: str) -> float:
        """The share that a slip of this kind costs."""
        return self.by_kind.get(kind, self.cost)
