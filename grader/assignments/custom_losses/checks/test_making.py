"""Checks of how wrappers and classes make a loss, and of what Keras asks of a class."""

from __future__ import annotations

import pytest

from grader.kit.elementwise.attempt import ElementwiseAttempt
from grader.kit.elementwise.regions import check_exactly_as_given
from grader.kit.interface import Answer, Floats, NoAnswer
from grader.kit.tolerance import close
from grader.report import CheckStatus

# Two thresholds or margins that only differ behind the point.
NEIGHBOURS = (0.5, 0.75)


@pytest.mark.part("making")
@pytest.mark.needs("formula", "hyperparameter")
@pytest.mark.points(
    my_huber_loss_with_threshold=0.75,
    MyHuberLoss=0.5,
    contrastive_loss_with_margin=0.5,
    ContrastiveLoss=0.25,
)
def test_exactly_as_given(attempt: ElementwiseAttempt) -> None:
    """takes every threshold or margin exactly as it is given"""
    check_exactly_as_given(attempt)


@pytest.mark.part("making")
@pytest.mark.needs("formula", "hyperparameter", "exactly_as_given")
@pytest.mark.points(
    my_huber_loss_with_threshold=0.75,
    MyHuberLoss=0.5,
    contrastive_loss_with_margin=0.5,
    ContrastiveLoss=0.25,
)
def test_side_by_side(attempt: ElementwiseAttempt) -> None:
    """two losses made one after the other keep their own"""
    batch, name = attempt.right_batch(), attempt.formula.hyperparameter
    if attempt.profile.alone:
        # Several elements become a number that no formula gives; one is enough to tell.
        batch = next(attempt.formula.following.split(1))
    together = [attempt.one_of(batch, NEIGHBOURS, use) for use in (0, 1)]
    alone = [attempt.question(batch, hyper) for hyper in NEIGHBOURS]
    attempt.ask_ahead([*together, *alone])
    # What each should give by itself is the formula's business, in its own reduction.
    want = [attempt.own_expected(batch, hyper) for hyper in NEIGHBOURS]
    for use, question in enumerate(together):
        got = attempt.ask(question)
        if not _alike(attempt, got, want[use]):
            attempt.fail(
                f"Two losses are made with a different {name} each, and then the "
                f"{'first' if use == 0 else 'second'} one does not give the values of its own "
                f"{name}. Is the {name} kept in a place that both share?",
                batch,
                got.values,
                want[use],
            )
    # A loss that is kept from an earlier making is the same one when it is alone.
    for question, values in zip(alone, want, strict=True):
        got = attempt.ask(question)
        if not _alike(attempt, got, values):
            attempt.fail(
                f"A loss that was made with one {name} is given out again for another. What do "
                f"you keep it by, and does that tell every {name} from every other?",
                batch,
                got.values,
                values,
            )


def _alike(attempt: ElementwiseAttempt, got: Answer, want: Floats) -> bool:
    values = got.values
    # One element alone has no other shape than the one that it is given.
    if attempt.profile.alone and values.size == want.size:
        values = values.reshape(want.shape)
    return close(values, want, "float16" if attempt.coarse else got.dtype)


@pytest.mark.part("form")
@pytest.mark.needs("formula", "hyperparameter")
@pytest.mark.after("making", "keras", "use")
@pytest.mark.points(
    my_huber_loss_with_threshold=1,
    MyHuberLoss=0.75,
    contrastive_loss_with_margin=0.75,
    ContrastiveLoss=0.75,
)
def test_keyword(attempt: ElementwiseAttempt) -> None:
    """takes its hyperparameter by the name the course uses"""
    name = attempt.formula.hyperparameter
    batch = attempt.sample()
    by_keyword = {hyper: attempt.made_by(batch, hyper, keyword=True) for hyper in (0.5, 1.0)}
    attempt.ask_ahead(
        [*by_keyword.values(), attempt.made_by(batch, 0.5, keyword=False), attempt.question(batch)]
    )
    for hyper, question in by_keyword.items():
        try:
            answer = attempt.ask(question)
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


def _position_is_not_another(attempt: ElementwiseAttempt) -> None:
    """Fail if the first parameter silently takes the hyperparameter for something else."""
    batch, hyper = attempt.sample(), 0.5
    try:
        by_position = attempt.ask(attempt.made_by(batch, hyper, keyword=False))
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


@pytest.mark.part("keras")
@pytest.mark.needs("formula", "hyperparameter")
@pytest.mark.points(MyHuberLoss=0.75, ContrastiveLoss=0.5)
def test_subclass(attempt: ElementwiseAttempt) -> None:
    """is a subclass of Keras' Loss"""
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


@pytest.mark.part("keras")
@pytest.mark.needs("formula", "hyperparameter")
@pytest.mark.points(MyHuberLoss=0.75, ContrastiveLoss=0.5)
def test_called_by_keras(attempt: ElementwiseAttempt) -> None:
    """its objects can be called as Keras calls them"""
    answer = attempt.call(attempt.sample())
    if answer.refusal:
        raise NoAnswer(
            f"Its method `call` works, but the object itself can't be called as Keras does. "
            f"{answer.refusal}",
            CheckStatus.ERROR,
            answer.refusal_place,
        )
