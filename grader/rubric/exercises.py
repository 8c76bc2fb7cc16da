"""The six exercises: the names a notebook must define, and the points of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a student wrote the loss."""

    FUNCTION = "function"
    WRAPPER = "wrapper"
    CLASS = "class"


class Family(StrEnum):
    """Which loss it is."""

    HUBER = "huber"
    CONTRASTIVE = "contrastive"


@dataclass(frozen=True)
class ExerciseSpec:
    """One exercise.

    hyperparameter: the keyword the course uses ("threshold" or "margin"); the plain
        functions have none and use 1.
    """

    name: str
    kind: Kind
    family: Family
    points: int

    @property
    def hyperparameter(self) -> str:
        """The hyperparameter's name in the course."""
        return "threshold" if self.family is Family.HUBER else "margin"


EXERCISES = (
    ExerciseSpec("my_huber_loss", Kind.FUNCTION, Family.HUBER, 15),
    ExerciseSpec("my_huber_loss_with_threshold", Kind.WRAPPER, Family.HUBER, 20),
    ExerciseSpec("MyHuberLoss", Kind.CLASS, Family.HUBER, 20),
    ExerciseSpec("contrastive_loss", Kind.FUNCTION, Family.CONTRASTIVE, 15),
    ExerciseSpec("contrastive_loss_with_margin", Kind.WRAPPER, Family.CONTRASTIVE, 15),
    ExerciseSpec("ContrastiveLoss", Kind.CLASS, Family.CONTRASTIVE, 15),
)

BY_NAME = {spec.name: spec for spec in EXERCISES}
MAX_SCORE = sum(spec.points for spec in EXERCISES)
