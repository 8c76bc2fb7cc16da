"""What the checks of the two losses see: an attempt that is held against its formula."""

from __future__ import annotations

from grader.assignments.custom_losses.formulas import FORMULAS
from grader.kit.asking import StudentLoss
from grader.kit.elementwise.attempt import Attempt
from grader.kit.exercises import ExerciseSpec


def attempt_at(spec: ExerciseSpec, loss: StudentLoss) -> Attempt:
    """The fixture `attempt` for one exercise of one submission."""
    return Attempt(spec, FORMULAS[spec.topic], loss)
