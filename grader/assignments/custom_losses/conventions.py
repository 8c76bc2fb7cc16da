"""Which reductions an exercise allows, and how that is said."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from grader.assignments.custom_losses.exercises import Family
from grader.kit.elementwise.attempt import ElementwiseAttempt
from grader.kit.elementwise.reductions import MEAN, OTHER_SHAPES, PER_ELEMENT, Reduction
from grader.kit.exercises import Kind
from grader.kit.interface import Answer, Batch
from grader.kit.tolerance import close


def allowed_reductions(attempt: ElementwiseAttempt, answer: Answer) -> tuple[Reduction, ...]:
    """Those that cost nothing; answer: what several elements gave."""
    if answer.refusal:
        # The object could not be called, so that Keras' own reduction had no say.
        return PER_ELEMENT, *OTHER_SHAPES, Reduction("last"), MEAN
    if attempt.spec.kind is Kind.CLASS or attempt.spec.topic == Family.CONTRASTIVE:
        return (MEAN,)
    # A wrapper may give an object of Keras' Loss, which takes the mean unless told not to.
    of_keras = (MEAN,) if answer.is_keras_loss else ()
    return PER_ELEMENT, *OTHER_SHAPES, *of_keras


def asked_for(attempt: ElementwiseAttempt, allowed: Collection[Reduction]) -> str:
    """What should come back, in words."""
    if attempt.spec.kind is Kind.CLASS:
        return "the mean over the batch (which Keras takes by itself)"
    return "one loss per element" if PER_ELEMENT in allowed else "the mean over the batch"


def crossed(attempt: ElementwiseAttempt, batch: Batch, answer: Answer) -> bool:
    """Whether the answer is that of all pairs of a y_true with a y_pred, as by broadcasting."""
    y_true, y_pred = batch.y_true.reshape(-1), batch.y_pred.reshape(-1)
    pairs = Batch(*np.meshgrid(y_true, y_pred, indexing="ij"))
    profile = attempt.profile
    elements = profile.factor * attempt.formula.elements(pairs, 1.0, swapped=profile.swapped)
    reduced = (profile.reduction or PER_ELEMENT)(elements)
    return close(answer.values, reduced) or close(answer.values, reduced.T)
