"""Faults drawn at random: a right loss that is wrong in one stretch of its curve.

A rubric that asks on a grid alone lets a loss pass that is wrong between its points. Each fault
here is a smooth bump on the right formula: of some height, width and place, for one sign or
label or both, moving with the hyperparameter or not. How many of them keep all points says how
wide a gap the rubric leaves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from grader.authoring.mutation.numpy_loss import Formula, NumpyLoss, outcomes
from grader.kit.assignment import Assignment
from grader.kit.exercises import ExerciseSpec, Kind
from grader.kit.interface import Floats
from grader.report import CheckStatus
from grader.validation_results import Survival

# Heights relative to the right value, widths and places in thresholds or margins.
_HEIGHTS, _WIDTHS, _FARTHEST = (0.01, 1.0), (0.03, 3.0), 8.0
# What a bump is measured by where the right value is zero, in squares of the hyperparameter.
_OF_NOTHING = 0.05


@dataclass(frozen=True)
class Fault:
    """One bump on the right loss of one exercise of an assignment.

    height: relative to the right value. centre, width: in hyperparameters where it is `scaled`
    with them, else in units of 1. side: +1 or -1 for one sign of the error, or for similar or
    dissimilar pairs alone; 0 for both.
    """

    assignment: Assignment
    spec: ExerciseSpec
    height: float
    centre: float
    width: float
    side: int
    scaled: bool

    def formula(self, y_true: Floats, y_pred: Floats, hyper: float) -> Floats:
        """The loss with the fault in it, in the reduction that was asked for."""
        known = self.assignment.formulas[self.spec.topic]
        signed = not known.labelled
        values = known.value(y_true, y_pred, hyper)
        size = np.abs(y_true - y_pred) if signed else y_pred
        unit = hyper if self.scaled else 1.0
        off = (size - self.centre * unit) / (self.width * unit)
        bump = np.where(np.abs(off) < 0.5, np.cos(np.pi * np.clip(off, -0.5, 0.5)) ** 2, 0.0)
        sign = np.sign(y_true - y_pred) if signed else np.where(y_true == 1, 1, -1)
        here = bump * ((sign == self.side) | (self.side == 0))
        scale = np.where(values == 0, _OF_NOTHING * unit**2, np.abs(values))
        faulty: Floats = values + self.height * here * scale
        per_element = signed and self.spec.kind is not Kind.CLASS
        return faulty if per_element else np.asarray(np.mean(faulty))

    @property
    def survives(self) -> bool:
        """Whether the whole rubric finds nothing wrong with it."""
        formula: Formula = self.formula
        loss = NumpyLoss(formula, is_keras_loss=self.spec.kind is Kind.CLASS)
        made = outcomes(self.assignment, self.spec.name, loss)
        return all(each.status is CheckStatus.PASSED for each in made.values())


def drawn(
    assignment: Assignment, count: int, seed: int, width: float | None = None
) -> Iterator[Fault]:
    """`count` faults, the same for the same seed; all of one width if that is given."""
    exercises = [each for each in assignment.exercises if each.topic in assignment.formulas]
    random = np.random.default_rng(seed)
    for _ in range(count):
        low, high = (np.log(bound) for bound in _HEIGHTS)
        height = float(np.exp(random.uniform(low, high))) * random.choice((-1, 1))
        low, high = (np.log(bound) for bound in _WIDTHS)
        wide = float(np.exp(random.uniform(low, high)))
        spec = exercises[random.integers(len(exercises))]
        centre, side = float(random.uniform(0, _FARTHEST)), int(random.integers(-1, 2))
        scaled = bool(random.integers(2))
        yield Fault(assignment, spec, float(height), centre, width or wide, side, scaled)


# By width, the share of faults that may keep all points.
ALLOWED = {0.3: 0.0, 0.1: 0.02}


def survivals(assignment: Assignment, count: int, seed: int = 7) -> tuple[Survival, ...]:
    """Draw `count` faults of each width and run the rubric on them; about 0.12 s each.

    None where no exercise has a formula to make faults of.
    """
    if not any(each.topic in assignment.formulas for each in assignment.exercises):
        return ()
    return tuple(
        Survival(
            width,
            count,
            tuple(str(each) for each in drawn(assignment, count, seed, width) if each.survives),
            allowed,
        )
        for width, allowed in ALLOWED.items()
    )
