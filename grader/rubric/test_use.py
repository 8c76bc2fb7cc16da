"""Checks of an answer in use: gradients, graphs, and a small training with Keras."""

from __future__ import annotations

import numpy as np
import pytest

from grader.report import CheckStatus
from grader.rubric import training_problems as problems
from grader.rubric.asking import Floats, NoAnswer, TrainedWeights
from grader.rubric.attempt import Attempt
from grader.rubric.exercises import Family
from grader.rubric.formulas import close
from grader.rubric.reductions import PER_ELEMENT


@pytest.mark.points(
    my_huber_loss=1,
    my_huber_loss_with_threshold=1,
    MyHuberLoss=1,
    contrastive_loss=1,
    contrastive_loss_with_margin=0.5,
    ContrastiveLoss=0.5,
)
def test_gradient(attempt: Attempt) -> None:
    """its gradient points the way the loss says"""
    attempt.require_recognisable()
    trusted = bool(attempt.profile.right)
    batch = attempt.right_batch() if trusted else attempt.sample()
    got = attempt.compared(batch, mode="gradient").values
    if not np.all(np.isfinite(got)):
        attempt.fail("The gradient is not finite at ordinary inputs.", batch, got)
    if not trusted and not np.any(got):
        attempt.fail("The gradient is zero everywhere, so nothing can be learned from it.", batch)
    if trusted:
        profile = attempt.profile
        weight = (profile.reduction or PER_ELEMENT).weight(batch.y_pred.shape)
        want = weight * profile.factor * attempt.formula.slopes(batch, 1.0, swapped=profile.swapped)
        if not close(got, want, attempt.call(batch).dtype):
            attempt.fail(
                "The values are right where we looked, but the gradient there is not theirs. Does "
                "every step from y_pred to the result go through TensorFlow's operations?",
                batch,
                got,
                want,
            )


@pytest.mark.points(
    my_huber_loss=0.5,
    my_huber_loss_with_threshold=1,
    MyHuberLoss=1,
    contrastive_loss=1,
    contrastive_loss_with_margin=0.5,
    ContrastiveLoss=0.5,
)
def test_gradient_at_zero(attempt: Attempt) -> None:
    """its gradient is a number even where the loss is zero"""
    attempt.require_recognisable()
    batch = attempt.in_its_labels(attempt.formula.zeros)
    got = attempt.call(batch, mode="gradient").values
    if not np.all(np.isfinite(got)):
        attempt.fail(
            "Where prediction and truth agree the gradient is NaN or infinite, and one such "
            "element ruins a whole training. A square root or a division of zero does that.",
            batch,
            got,
        )


@pytest.mark.points(
    my_huber_loss=1,
    my_huber_loss_with_threshold=1,
    MyHuberLoss=1,
    contrastive_loss=1,
    contrastive_loss_with_margin=0.5,
    ContrastiveLoss=0.5,
)
def test_graph(attempt: Attempt) -> None:
    """works in a graph, where the batch size is unknown"""
    attempt.require_recognisable()
    batch = attempt.sample()
    answer = attempt.call(batch)
    words = "It works when called directly, but not inside a tf.function, as training needs."
    try:
        graph = attempt.call(batch, mode="graph")
    except NoAnswer as trouble:
        message = f"{words} {trouble}"
        raise NoAnswer(message, trouble.status, trouble.place) from None
    if graph.refusal and not answer.refusal:
        # Its method `call` answered there, but Keras could do nothing with that.
        message = f"{words} {graph.refusal}"
        raise NoAnswer(message, CheckStatus.ERROR, graph.refusal_place)
    if not close(graph.values, answer.values, answer.dtype):
        attempt.fail(
            "Inside a tf.function the values differ from those of a direct call. Does your code "
            "keep something from one call to the next?",
            batch,
            graph.values,
            answer.values,
        )


@pytest.mark.points(
    my_huber_loss=1,
    my_huber_loss_with_threshold=1,
    MyHuberLoss=1,
    contrastive_loss=1,
    contrastive_loss_with_margin=1,
    ContrastiveLoss=1,
)
def test_training(attempt: Attempt) -> None:
    """a model compiled with it learns"""
    attempt.require_recognisable()
    huber = attempt.spec.family is Family.HUBER
    problem = problems.LINE if huber else problems.SIAMESE
    weights = attempt.train(problem)
    if not np.all(np.isfinite(weights.kernel)):
        attempt.fail("A small model trained with it ends with weights that are not finite.")
    if np.array_equal(weights.kernel, problem.kernel):
        attempt.fail("A small model trained with it does not change at all.")
    if not _formula_is_right(attempt):
        return  # what it teaches was paid for already; that it trains is what counts here
    learned = problems.line_learned if huber else problems.pairs_told_apart
    if not learned(weights):
        goal = (
            "the line y = 2x - 1 should be found, and the prediction at 10 be near 19"
            if huber
            else "similar pairs should end up nearer to each other than dissimilar ones"
        )
        attempt.fail(f"A small model compiled with it does not learn: {goal}.", *_shown(weights))


def _formula_is_right(attempt: Attempt) -> bool:
    profile = attempt.profile
    everything = {(r.name, s.name) for r in attempt.formula.regions for s in r.sides(1.0)}
    return (
        profile.right == everything
        and not profile.swapped
        and not profile.alone
        and profile.factor > 0
    )


def _shown(weights: TrainedWeights) -> tuple[None, Floats]:
    return None, np.concatenate([weights.kernel.ravel(), weights.bias.ravel()])
