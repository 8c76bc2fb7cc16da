"""What an exercise is: a name that a notebook must define, the kind of thing, and its points."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a student wrote it."""

    FUNCTION = "function"
    WRAPPER = "wrapper"
    CLASS = "class"


@dataclass(frozen=True)
class ExerciseSpec:
    """One exercise.

    hyperparameter: the keyword that a wrapper or class is made with; empty if it has none.
    topic: what it is about, where several exercises of an assignment are about one thing.
    """

    name: str
    kind: Kind
    points: float
    hyperparameter: str = ""
    topic: str = ""
