"""What can be drawn of an answer: its curves, and how a model learned with it."""

from __future__ import annotations

from dataclasses import dataclass

from grader.kit.exercises import ExerciseSpec


@dataclass(frozen=True)
class Curve:
    """One curve of an answer, and the right one at the same points.

    about: "" or, over a distance, which pairs ("similar", "dissimilar"). Numbers of
    `yours` may be infinite or NaN.
    """

    about: str
    xs: tuple[float, ...]
    yours: tuple[float, ...]
    right: tuple[float, ...]


@dataclass(frozen=True)
class Line:
    """The straight line that a model of one neuron has learned."""

    slope: float
    intercept: float


@dataclass(frozen=True)
class Distances:
    """How far apart a trained Siamese network puts pairs of points."""

    similar: tuple[float, ...]
    dissimilar: tuple[float, ...]


@dataclass(frozen=True)
class Training:
    """A small model's training with the answer: its loss at each step, and what it learned."""

    losses: tuple[float, ...]
    learned: Line | Distances


@dataclass(frozen=True)
class ExercisePictures:
    """All that can be drawn of one exercise; a part that gave no values is empty or None.

    hyper: the hyperparameter that the curves are made with. signed: whether they are over
    an error of either sign; else over a distance, similar pairs first. slopes: the derivatives of
    `losses` by the prediction.
    """

    spec: ExerciseSpec
    hyper: float
    losses: tuple[Curve, ...] = ()
    slopes: tuple[Curve, ...] = ()
    training: Training | None = None
    signed: bool = True
