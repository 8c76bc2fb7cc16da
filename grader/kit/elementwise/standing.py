"""How an attempt stands at one hyperparameter: which one it uses, and what is right with it."""

from __future__ import annotations

from dataclasses import dataclass

from grader.kit.interface import Batch, NoAnswer


@dataclass(frozen=True)
class Standing:
    """An attempt that was made with one hyperparameter.

    meant: the hyperparameter that its values belong to; the given one, unless all that is right
    at 1 is right here with another. wrong: by (region, side), inputs on which it is wrong,
    though it is right there at 1. trouble: why it gives no value at all, if it does not.
    """

    meant: float
    wrong: dict[tuple[str, str], Batch]
    trouble: NoAnswer | None = None
