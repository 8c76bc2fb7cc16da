"""Checks of how wrappers and classes make a loss, and of what Keras asks of a class."""

from __future__ import annotations

import pytest

from grader.report import CheckStatus
from grader.rubric.asking import NoAnswer
from grader.rubric.attempt import Attempt
from grader.rubric.formulas import close

# Two thresholds or margins that only differ behind the point.
NEIGHBOURS = (0.5, 0.75)


@pytest.mark.points(
    my_huber_loss_with_threshold=2,
    MyHuberLoss=1,
    contrastive_loss_with_margin=1,
    ContrastiveLoss=1,
)
def test_side_by_side(attempt: Attempt) -> None:
    """two losses made one after the other keep their own"""
    attempt.require_recognisable()
    batch, name = attempt.sample(), attempt.formula.hyperparameter
    alone = [attempt.call(batch, hyper).values for hyper in NEIGHBOURS]
    for use in (0, 1):
        together = attempt.call_one_of(batch, NEIGHBOURS, use).values
        if not close(together, alone[use]):
            attempt.fail(
                f"Two losses are made with a different {name} each, and then the "
                f"{'first' if use == 0 else 'second'} one gives other values than alone. "
                f"Is the {name} kept in a place that both share?",
                batch,
                together,
                alone[use],
            )
    # A loss that is kept from an earlier making is the same one when it is alone.
    first, second = (attempt.agrees(batch, hyper) for hyper in NEIGHBOURS)
    if close(alone[0], alone[1]) and first and not second:
        attempt.fail(
            f"A loss that was made with one {name} is given out again for another. What do you "
            f"keep it by, and does that tell every {name} from every other?",
            batch,
            alone[1],
            attempt.expected(batch, NEIGHBOURS[1]),
        )


@pytest.mark.points(
    my_huber_loss_with_threshold=1,
    MyHuberLoss=1,
    contrastive_loss_with_margin=1,
    ContrastiveLoss=1,
)
def test_keyword(attempt: Attempt) -> None:
    """takes its hyperparameter by the name the course uses"""
    attempt.require_recognisable()
    name = attempt.formula.hyperparameter
    for hyper in (0.5, 1.0):
        batch = attempt.sample()
        try:
            answer = attempt.call_made_by(batch, hyper, keyword=True)
        except NoAnswer as trouble:
            if trouble.status is not CheckStatus.ERROR:
                raise
            attempt.fail(
                f"The course calls {attempt.spec.name}({name}=...), and yours does not take it so. "
                f"Name the parameter `{name}`."
            )
        if not close(answer.values, attempt.call(batch, hyper).values):
            attempt.fail(
                f"{attempt.spec.name}({name}=...) is accepted, but the {name} has no effect."
            )
    _position_is_not_another(attempt)


def _position_is_not_another(attempt: Attempt) -> None:
    """Fail if the first parameter silently takes the hyperparameter for something else."""
    batch, hyper = attempt.sample(), 0.5
    try:
        by_position = attempt.call_made_by(batch, hyper, keyword=False)
    except NoAnswer as trouble:
        if trouble.reason == "making":
            return  # a parameter that is keyword-only refuses, and misleads nobody
        by_position = None
    if by_position is None or not close(by_position.values, attempt.call(batch, hyper).values):
        name = attempt.formula.hyperparameter
        attempt.fail(
            f"{attempt.spec.name}(0.5) takes the number for something else: let `{name}` be the "
            "first parameter."
        )


@pytest.mark.points(MyHuberLoss=1, ContrastiveLoss=1)
def test_subclass(attempt: Attempt) -> None:
    """is a subclass of Keras' Loss"""
    attempt.require_recognisable()
    if attempt.loss_base == "legacy":
        attempt.fail(
            "It is a subclass of tensorflow.python.keras' Loss, an old one that today's Keras does "
            "not know. Import Loss from tensorflow.keras.losses."
        )
    if attempt.loss_base != "keras":
        attempt.fail(
            "It is not a subclass of tensorflow.keras.losses.Loss. Look at the line where its "
            "definition begins: is it a class, and what stands in its brackets?"
        )


@pytest.mark.points(MyHuberLoss=1, ContrastiveLoss=0.5)
def test_called_by_keras(attempt: Attempt) -> None:
    """its objects can be called as Keras calls them"""
    attempt.require_recognisable()
    answer = attempt.call(attempt.sample())
    if answer.refusal:
        advice = (
            " Does `__init__` call `super().__init__()`, and is `__call__` left as Keras made it?"
        )
        if "?" in answer.refusal:
            advice = ""  # one question at a time
        raise NoAnswer(
            f"Its method `call` works, but the object itself can't be called as Keras does. "
            f"{answer.refusal}{advice}",
            CheckStatus.ERROR,
            answer.refusal_place,
        )
