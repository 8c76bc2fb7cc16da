"""Checks that any loss for Keras has to pass, whatever its formula.

They hold an answer against itself or against the parts of it that are right: what a wrong
formula costs is said elsewhere.
"""

from __future__ import annotations

import numpy as np
import pytest

from grader.report import CheckStatus
from grader.rubric import training_problems as problems
from grader.rubric.asking import Answer, Batch, Floats, NoAnswer, TrainedWeights
from grader.rubric.attempt import Attempt
from grader.rubric.exercises import Family, Kind
from grader.rubric.formulas import close, errors, pairs
from grader.rubric.reductions import MEAN, PER_ELEMENT, Reduction

# Numbers that need all of single precision, as fractions of 1. The large one goes alone, since
# in a mean it would hide the others; its square is beyond half precision, and still exact in
# single precision, so that a formula made of differences of squares keeps its digits.
_FINE = np.array([0.1234567, 0.7654321, 0.3333333, 0.0012345, 1.2345678, 2.7182818])
_LARGE = np.array([256.0])


@pytest.mark.points(
    my_huber_loss=1,
    my_huber_loss_with_threshold=1,
    MyHuberLoss=1,
    contrastive_loss=1,
    contrastive_loss_with_margin=1,
    ContrastiveLoss=1,
)
def test_scale(attempt: Attempt) -> None:
    """no constant factor runs through all values"""
    attempt.require_recognisable()
    factor = attempt.profile.factor
    if not np.isclose(factor, 1.0, rtol=1e-3):
        amount = "larger" if abs(factor) > 1 else "smaller"
        attempt.fail(
            f"All of your values are {amount} than they should be by one and the same factor; the "
            "formula itself is right. Look for a half, a two or a sign that multiplies everything."
        )


@pytest.mark.points(
    my_huber_loss=1,
    my_huber_loss_with_threshold=1,
    MyHuberLoss=1,
    contrastive_loss=1,
    contrastive_loss_with_margin=1,
    ContrastiveLoss=0.5,
)
def test_reduction(attempt: Attempt) -> None:
    """returns the loss per element or its mean, as asked"""
    attempt.require_recognisable()
    batch = attempt.mixed()
    answer = attempt.call(batch)
    allowed = _allowed_reductions(attempt, answer)
    found = attempt.profile.reduction
    asked = "one loss per element" if PER_ELEMENT in allowed else "the mean over the batch"
    if attempt.spec.kind is Kind.CLASS:
        asked = "the mean over the batch (which Keras takes by itself)"
    if found not in allowed:
        what = str(found) if found else "something else"
        attempt.fail(f"This should give {asked}; yours gives {what}.", batch, answer.values)
    if not attempt.mixes:
        attempt.fail(
            f"Taken together, several elements do not give {asked}, though each is right alone. "
            "Is the mean one over all of them, and not over groups?",
            batch,
            answer.values,
            attempt.expected(batch),
        )


def _allowed_reductions(attempt: Attempt, answer: Answer) -> tuple[Reduction, ...]:
    if answer.refusal:
        # The object could not be called, so that Keras' own reduction had no say.
        return PER_ELEMENT, Reduction("last"), MEAN
    if answer.is_keras_loss or attempt.spec.kind is Kind.CLASS:
        return (MEAN,)
    return (PER_ELEMENT,) if attempt.spec.family is Family.HUBER else (MEAN,)


@pytest.mark.points(
    my_huber_loss=1,
    my_huber_loss_with_threshold=0.5,
    MyHuberLoss=0.5,
    contrastive_loss=0.5,
    contrastive_loss_with_margin=0.5,
    ContrastiveLoss=0.5,
)
def test_shapes(attempt: Attempt) -> None:
    """works for every batch size and shape that Keras may send"""
    attempt.require_recognisable()
    batch = attempt.sample()
    shapes: list[tuple[int, ...]] = [(1, 1), (7, 1), (32, 1), (7,)]
    if attempt.spec.family is Family.HUBER:
        shapes += [(8, 3), (2, 3, 4)]
    for shape in shapes:
        reshaped = batch.repeated(int(np.prod(shape))).reshaped(*shape)
        words = f"With tensors of shape {shape}"
        try:
            answer = attempt.call(reshaped)
        except NoAnswer as trouble:
            raise NoAnswer(f"{words}: {trouble}", trouble.status, trouble.place) from None
        expected = attempt.expected(reshaped)
        if answer.values.shape != expected.shape:
            attempt.fail(
                f"{words} the result has the shape {answer.values.shape}. Does something in your "
                "code count on one shape, or pair each element with every other?",
                reshaped,
                answer.values,
            )
        if attempt.profile.right and not close(answer.values, expected, answer.dtype):
            attempt.fail(
                f"{words} the values are wrong, though they are right in a batch of one column.",
                reshaped,
                answer.values,
                expected,
            )


@pytest.mark.points(
    my_huber_loss=0.5,
    my_huber_loss_with_threshold=0.5,
    MyHuberLoss=0.5,
    contrastive_loss=0.5,
    contrastive_loss_with_margin=0.5,
    ContrastiveLoss=0.5,
)
def test_precision(attempt: Attempt) -> None:
    """returns a float32 tensor, exact to single precision"""
    attempt.require_recognisable()
    answer = attempt.call(attempt.sample())
    if answer.container != "tensor":
        kind = "a NumPy array" if answer.container == "numpy" else "a plain Python number"
        attempt.fail(
            f"The result is {kind}. Keras needs a tensor: stay with TensorFlow's operations."
        )
    if answer.dtype != "float32":
        attempt.fail(
            f"The result is of type {answer.dtype} where y_pred is float32. Leave the type as it "
            "comes in."
        )
    for numbers in (_FINE, _LARGE):
        batch = _kept_to_what_is_right(attempt, numbers)
        if batch is None or attempt.agrees(batch):
            continue
        attempt.fail(
            "Values that need all digits of float32 come out rounded or not finite. Is something "
            "cast to a smaller type, rounded, or shifted by a small constant?",
            batch,
            attempt.call(batch).values,
            attempt.expected(batch),
        )


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
    answer = attempt.call(batch, mode="gradient")
    got = answer.values
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
    eager = answer.values
    try:
        graph = attempt.call(batch, mode="graph").values
    except NoAnswer as trouble:
        raise NoAnswer(
            f"It works when called directly, but not inside a tf.function, as training needs: "
            f"{trouble}",
            trouble.status,
            trouble.place,
        ) from None
    if not close(graph, eager, answer.dtype):
        attempt.fail(
            "Inside a tf.function the values differ from those of a direct call. Does your code "
            "keep something from one call to the next?",
            batch,
            graph,
            eager,
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
    return profile.right == everything and not profile.swapped and profile.factor > 0


def _shown(weights: TrainedWeights) -> tuple[None, Floats]:
    return None, np.concatenate([weights.kernel.ravel(), weights.bias.ravel()])


@pytest.mark.points(
    my_huber_loss_with_threshold=2,
    MyHuberLoss=1,
    contrastive_loss_with_margin=1,
    ContrastiveLoss=1,
)
def test_side_by_side(attempt: Attempt) -> None:
    """two losses made one after the other keep their own"""
    attempt.require_recognisable()
    batch, hypers = attempt.sample(), (0.5, 4.0)
    for use, hyper in enumerate(hypers):
        alone = attempt.call(batch, hyper).values
        together = attempt.call_one_of(batch, hypers, use).values
        if not close(together, alone):
            name = attempt.formula.hyperparameter
            attempt.fail(
                f"Two losses are made with a different {name} each, and then the "
                f"{'first' if use == 0 else 'second'} one gives other values than alone. "
                f"Is the {name} kept in a place that both share?",
                batch,
                together,
                alone,
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
        attempt.fail("It is not a subclass of tensorflow.keras.losses.Loss.")


@pytest.mark.points(MyHuberLoss=1, ContrastiveLoss=0.5)
def test_called_by_keras(attempt: Attempt) -> None:
    """its objects can be called as Keras calls them"""
    attempt.require_recognisable()
    answer = attempt.call(attempt.sample())
    if answer.refusal:
        raise NoAnswer(
            f"Its method `call` works, but the object itself can't be called as Keras does: "
            f"{answer.refusal} Does `__init__` call `super().__init__()`, and is `__call__` left "
            "as Keras made it?",
            CheckStatus.ERROR,
            answer.refusal_place,
        )


def _kept_to_what_is_right(attempt: Attempt, numbers: Floats) -> Batch | None:
    """A batch of errors or distances out of `numbers`, where the attempt is right; None if nowhere."""
    names = {(region.name, side.name) for region, side in attempt.right_sides()}
    if not attempt.mixes:
        names = {min(names)}
    if attempt.spec.family is Family.HUBER:
        sizes = [
            signed
            for signed in np.concatenate([numbers, -numbers])
            if (_huber_region(signed), "positive" if signed > 0 else "negative") in names
        ]
        return errors(np.array(sizes)) if sizes else None
    batches = []
    for label in (1.0, 0.0):
        distances = [d for d in numbers if (_contrastive_region(label, d), "") in names]
        if distances:
            batches.append(pairs(label, np.array(distances)))
    return attempt.in_its_labels(Batch.joined(tuple(batches))) if batches else None


def _huber_region(error: float) -> str:
    return "small_errors" if abs(error) < 1 else "large_errors"


def _contrastive_region(label: float, distance: float) -> str:
    if label == 1:
        return "similar_pairs"
    return "dissimilar_pairs" if distance < 1 else "beyond_margin"
