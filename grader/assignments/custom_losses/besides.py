"""What is known to be wrong besides, though the check about it was not made.

A check that comes after the formula is skipped while the formula is wrong. Where an answer has
shown by then that it is wrong in this too, it is said: else it would cost another round.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from grader.assignments.custom_losses.conventions import allowed_reductions, asked_for
from grader.kit.elementwise.attempt import ElementwiseAttempt
from grader.kit.exercises import Kind
from grader.kit.interface import NoAnswer, NotReached


def besides(attempt: ElementwiseAttempt, skipped: AbstractSet[str]) -> tuple[str, ...]:
    """Sentences about what is wrong too; skipped: the checks that were not made."""
    try:
        return tuple(_besides(attempt, skipped))
    except (NoAnswer, NotReached):
        return ()


def _besides(attempt: ElementwiseAttempt, skipped: AbstractSet[str]) -> Iterator[str]:
    answer = attempt.call(attempt.mixed())
    if attempt.spec.kind is Kind.CLASS:
        if attempt.loss_base != "keras" and "subclass" in skipped:
            yield "it is not a subclass of Keras' Loss."
        elif answer.refusal and "called_by_keras" in skipped:
            yield f"the object can't be called as Keras does. {answer.refusal}"
    if "reduction" not in skipped:
        return
    allowed = allowed_reductions(attempt, answer)
    found = attempt.profile.reduction
    if attempt.profile.alone:
        yield (
            f"it should give {asked_for(attempt, allowed)}, and makes one number of several "
            "elements that is neither their mean nor their sum."
        )
    elif found is not None and found not in allowed:
        yield f"it should give {asked_for(attempt, allowed)}, and gives {found}."
