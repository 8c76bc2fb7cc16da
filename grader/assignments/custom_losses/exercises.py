"""The six exercises: the names a notebook must define, and the points of each."""

from __future__ import annotations

from enum import StrEnum

from grader.kit.exercises import ExerciseSpec, Kind


class Family(StrEnum):
    """Which loss it is."""

    HUBER = "huber"
    CONTRASTIVE = "contrastive"


# The plain functions have no hyperparameter, and use 1.
HYPERPARAMETERS = {Family.HUBER: "threshold", Family.CONTRASTIVE: "margin"}


def _exercise(name: str, kind: Kind, family: Family, points: int) -> ExerciseSpec:
    return ExerciseSpec(name, kind, points, HYPERPARAMETERS[family], family)


EXERCISES = (
    _exercise("my_huber_loss", Kind.FUNCTION, Family.HUBER, 15),
    _exercise("my_huber_loss_with_threshold", Kind.WRAPPER, Family.HUBER, 20),
    _exercise("MyHuberLoss", Kind.CLASS, Family.HUBER, 20),
    _exercise("contrastive_loss", Kind.FUNCTION, Family.CONTRASTIVE, 15),
    _exercise("contrastive_loss_with_margin", Kind.WRAPPER, Family.CONTRASTIVE, 15),
    _exercise("ContrastiveLoss", Kind.CLASS, Family.CONTRASTIVE, 15),
)

BY_NAME = {spec.name: spec for spec in EXERCISES}
MAX_SCORE = sum(spec.points for spec in EXERCISES)
