"""A formula that people are known to take for the right one, with words of advice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from grader.kit.interface import Floats

ElementFormula = Callable[[Floats, Floats, float], Floats]


@dataclass(frozen=True)
class Misconception:
    """A known wrong formula.

    id: stable, for scripts. topic: what it is about. formula: the loss of each element by
    (y_true, y_pred, hyperparameter). text: what a teaching assistant would say.
    """

    id: str
    topic: str
    formula: ElementFormula
    text: str
