"""What the checks of the two losses see: an attempt that is held against its formula."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from grader.assignments.custom_losses.besides import besides
from grader.assignments.custom_losses.formulas import FORMULAS
from grader.kit.elementwise.attempt import ElementwiseAttempt
from grader.kit.exercises import ExerciseSpec
from grader.kit.interface import StudentLoss


class LossAttempt(ElementwiseAttempt):
    """An attempt at one of the six exercises."""

    def besides(self, skipped: AbstractSet[str]) -> tuple[str, ...]:
        """What is known to be wrong too, as sentences; skipped: the checks that were not made."""
        return besides(self, skipped)


def attempt_at(spec: ExerciseSpec, loss: StudentLoss) -> ElementwiseAttempt:
    """The fixture `attempt` for one exercise of one submission."""
    return LossAttempt(spec, FORMULAS[spec.topic], loss)
