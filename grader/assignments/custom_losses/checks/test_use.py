"""Checks of an answer in use: gradients, graphs, and a small training with Keras."""

from __future__ import annotations

import numpy as np
import pytest

from grader.assignments.custom_losses.exercises import Family
from grader.kit.elementwise.attempt import ElementwiseAttempt
from grader.kit.elementwise.reductions import PER_ELEMENT
from grader.kit.exercises import Kind
from grader.kit.inputs import trainings as problems
from grader.kit.interface import Batch, Floats, NoAnswer, TrainedWeights
from grader.kit.tolerance import close
from grader.report import CheckStatus

pytestmark = pytest.mark.part("use")

# Next to 1, where to look at gradients and graphs again. A graph takes its time: two are enough.
_SLOPES_AT = (2.5, 19 / 64, 7.40625)
_MOST_SLOPES = 160
_GRAPHS_AT = (2.5, 19 / 64)
# Each kind trains with another, so that not all rests on 1.
_TRAINED_AT = {Kind.FUNCTION: 1.0, Kind.WRAPPER: 0.5, Kind.CLASS: 2.5}


def _with(attempt: ElementwiseAttempt, hypers: tuple[float, ...]) -> tuple[float, ...]:
    return (1.0,) if attempt.spec.kind is Kind.FUNCTION else hypers


@pytest.mark.needs("formula", "hyperparameter", "making", "keras")
@pytest.mark.points(
    my_huber_loss=1.25,
    my_huber_loss_with_threshold=1,
    MyHuberLoss=0.75,
    contrastive_loss=1.25,
    contrastive_loss_with_margin=0.75,
    ContrastiveLoss=0.5,
)
def test_gradient(attempt: ElementwiseAttempt) -> None:
    """its gradient points the way the loss says"""
    profile = attempt.profile
    if profile.alone:
        _check_that_all_learn(attempt)
    asked = {hyper: _everywhere(attempt, hyper) for hyper in _with(attempt, (1.0, *_SLOPES_AT))}
    if not profile.alone:
        attempt.ask_ahead(attempt.question(each, at, "gradient") for at, each in asked.items())
    for hyper, batch in asked.items():
        answer = attempt.compared(batch, hyper, "gradient")
        if not np.all(np.isfinite(answer.values)):
            attempt.fail("The gradient is not finite at ordinary inputs.", batch, answer.values)
        weight = (profile.reduction or PER_ELEMENT).weight(batch.y_pred.shape)
        want = profile.factor * attempt.formula.slopes(batch, hyper)
        # Shares of a mean are small: only as numbers of their own size can they be told apart.
        if not close(answer.values / weight, want, attempt.call(batch, hyper).dtype):
            attempt.fail(
                "The values are right, but the gradient is not theirs. Does every step from y_pred "
                "to the result go through TensorFlow's operations?",
                batch,
                answer.values,
                weight * want,
            )


def _check_that_all_learn(attempt: ElementwiseAttempt) -> None:
    """Fail if only some of several elements get a gradient, as with the largest of them."""
    batch = attempt.right_batch()
    slopes = attempt.formula.slopes(batch, 1.0)
    got = attempt.call(batch, mode="gradient").values
    if got.shape != slopes.shape or np.any((got == 0) & (slopes != 0)):
        attempt.fail(
            "Of several elements only some get a gradient, so that a model learns from those "
            "alone. How does your loss make one number of many?",
            batch,
            got,
        )


def _everywhere(attempt: ElementwiseAttempt, hyper: float) -> Batch:
    """Inputs of all regions in one batch; few, if they have to be asked one by one."""
    if attempt.profile.alone or not attempt.mixes:
        return attempt.sample()
    sides = [side for _, side in attempt.formula.sides(hyper)]
    everything = Batch.joined([batch for side in sides for batch in side.batches])
    # Of what is dense, as many rows as take no time.
    kept = -(-len(everything.y_pred) // _MOST_SLOPES)
    return Batch(everything.y_true[::kept], everything.y_pred[::kept])


@pytest.mark.needs("formula", "hyperparameter", "making", "keras", "gradient")
@pytest.mark.points(
    my_huber_loss=0.5,
    my_huber_loss_with_threshold=0.5,
    MyHuberLoss=0.25,
    contrastive_loss=0.5,
    contrastive_loss_with_margin=0.25,
    ContrastiveLoss=0.25,
)
def test_gradient_at_zero(attempt: ElementwiseAttempt) -> None:
    """its gradient is a number even where the loss is zero"""
    batch = attempt.formula.zeros
    got = attempt.call(batch, mode="gradient").values
    if not np.all(np.isfinite(got)):
        attempt.fail(
            "Where y_pred leaves nothing between the two (a prediction that is exactly right, a "
            "distance of zero) the gradient is NaN or infinite, and one such element ruins a whole "
            "training. A square root or a division of zero does that.",
            batch,
            got,
        )


@pytest.mark.needs("formula", "hyperparameter", "making", "keras")
@pytest.mark.points(
    my_huber_loss=1.25,
    my_huber_loss_with_threshold=1,
    MyHuberLoss=0.75,
    contrastive_loss=1.25,
    contrastive_loss_with_margin=0.75,
    ContrastiveLoss=0.75,
)
def test_graph(attempt: ElementwiseAttempt) -> None:
    """works in a graph, where the batch size is unknown"""
    words = "It works when called directly, but not inside a tf.function, as training needs."
    for hyper in _with(attempt, _GRAPHS_AT):
        batch = attempt.right_batch(hyper)
        answer = attempt.call(batch, hyper)
        try:
            graph = attempt.call(batch, hyper, "graph")
        except NoAnswer as trouble:
            raise trouble.said(f"{words} {trouble}") from None
        if graph.refusal and not answer.refusal:
            # Its method `call` answered there, but Keras could do nothing with that.
            message = f"{words} {graph.refusal}"
            raise NoAnswer(message, CheckStatus.ERROR, graph.refusal_place)
        if not close(graph.values, answer.values, answer.dtype):
            attempt.fail(
                "Inside a tf.function the values differ from those of a direct call. Does your "
                "code keep something from one call to the next, or ask whether it runs eagerly?",
                batch,
                graph.values,
                answer.values,
            )


@pytest.mark.needs("formula", "hyperparameter", "making", "keras", "gradient", "graph")
@pytest.mark.points(
    my_huber_loss=1,
    my_huber_loss_with_threshold=0.75,
    MyHuberLoss=0.5,
    contrastive_loss=1,
    contrastive_loss_with_margin=0.5,
    ContrastiveLoss=0.5,
)
def test_training(attempt: ElementwiseAttempt) -> None:
    """a model compiled with it learns"""
    huber = attempt.spec.topic == Family.HUBER
    problem = problems.LINE if huber else problems.SIAMESE
    weights = attempt.train(problem, _TRAINED_AT[attempt.spec.kind])
    if not np.all(np.isfinite(weights.kernel)):
        attempt.fail("A small model trained with it ends with weights that are not finite.")
    if np.array_equal(weights.kernel, problem.kernel):
        attempt.fail("A small model trained with it does not change at all.")
    if attempt.profile.alone:
        return  # what is made of several elements was paid for already; that it trains counts here
    learned = problems.line_learned if huber else problems.pairs_told_apart
    if not learned(weights):
        goal = (
            "the line y = 2x - 1 should be found, and the prediction at 10 be near 19"
            if huber
            else "similar pairs should end up nearer to each other than dissimilar ones"
        )
        attempt.fail(f"A small model compiled with it does not learn: {goal}.", *_shown(weights))


def _shown(weights: TrainedWeights) -> tuple[None, Floats]:
    return None, np.concatenate([weights.kernel.ravel(), weights.bias.ravel()])


@pytest.mark.part("whole")
@pytest.mark.needs("formula", "hyperparameter", "making", "keras", "use", "form")
@pytest.mark.points(
    my_huber_loss=3,
    my_huber_loss_with_threshold=4.5,
    MyHuberLoss=4.5,
    contrastive_loss=3,
    contrastive_loss_with_margin=3.25,
    ContrastiveLoss=3.25,
)
def test_to_the_end(attempt: ElementwiseAttempt) -> None:
    """nothing is left to mend, and it gives the same from the first call to the last"""
    pair = attempt.first_and_late()
    if pair is None:
        return
    first, late = pair
    if not close(late.values, first.values, first.dtype):
        attempt.fail(
            "The same inputs give other values now than in the very first call. Does your code "
            "count its calls, or keep something from one to the next?"
        )
