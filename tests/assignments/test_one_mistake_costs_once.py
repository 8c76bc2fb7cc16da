"""A right formula keeps every point in any reduction it may have; a mistake costs its own check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.assignments.custom_losses import ASSIGNMENT, oracle
from grader.assignments.custom_losses.exercises import BY_NAME, Family
from grader.assignments.custom_losses.oracle import Floats
from grader.authoring.mutation.numpy_loss import Formula, NumpyLoss, failing, outcomes
from grader.kit.exercises import Kind
from grader.kit.interface import Answer, Batch, Question
from grader.report import CheckStatus

Part = Callable[[Floats, float], Floats]

WRAPPER, MARGIN = "my_huber_loss_with_threshold", "contrastive_loss_with_margin"


def mean(formula: Formula) -> Formula:
    return lambda t, p, h: np.asarray(np.mean(formula(t, p, h)))


RIGHT = {
    "huber, by element": ("my_huber_loss", NumpyLoss(oracle.huber)),
    "huber wrapper, by element": (WRAPPER, NumpyLoss(oracle.huber)),
    "huber wrapper that gives a Keras loss": (
        WRAPPER,
        NumpyLoss(mean(oracle.huber), is_keras_loss=True),
    ),
    "huber class": ("MyHuberLoss", NumpyLoss(mean(oracle.huber), is_keras_loss=True)),
    "contrastive": ("contrastive_loss", NumpyLoss(mean(oracle.contrastive))),
    "contrastive wrapper": (MARGIN, NumpyLoss(mean(oracle.contrastive))),
    "contrastive class": (
        "ContrastiveLoss",
        NumpyLoss(mean(oracle.contrastive), is_keras_loss=True),
    ),
}


@pytest.mark.parametrize(("exercise", "loss"), RIGHT.values(), ids=RIGHT)
def test_right_formulas_pass_every_check(exercise: str, loss: NumpyLoss) -> None:
    assert failing(ASSIGNMENT, exercise, loss) == set()


def huber_with(small: Part | None = None, large: Part | None = None) -> Formula:
    small = small or (lambda a, d: a**2 / 2)
    large = large or (lambda a, d: d * (np.abs(a) - d / 2))
    chosen = small, large
    return lambda t, p, d: np.where(np.abs(t - p) <= d, *(part(t - p, d) for part in chosen))


def contrastive_with(similar: Part | None = None, dissimilar: Part | None = None) -> Formula:
    similar = similar or (lambda dist, m: dist**2)
    dissimilar = dissimilar or (lambda dist, m: np.maximum(m - dist, 0) ** 2)
    pull, push = similar, dissimilar
    return mean(lambda t, p, m: t * pull(p, m) + (1 - t) * push(p, m))


HUBER_MISTAKES = {
    "half missing": (huber_with(small=lambda a, d: a**2), {"small_errors"}),
    "half twice": (huber_with(small=lambda a, d: a**2 / 4), {"small_errors"}),
    "not squared": (huber_with(small=lambda a, d: np.abs(a) / 2), {"small_errors"}),
    "offset missing": (huber_with(large=lambda a, d: d * np.abs(a)), {"large_errors"}),
    "d^2 for d^2/2": (huber_with(large=lambda a, d: d * np.abs(a) - d**2), {"large_errors"}),
    "quadratic everywhere": (
        huber_with(large=lambda a, d: a**2 / 2),
        {"large_errors", "other_thresholds"},
    ),
    "linear everywhere": (
        huber_with(small=lambda a, d: d * (np.abs(a) - d / 2)),
        {"small_errors"},
    ),
    "abs forgotten in the linear part": (
        huber_with(large=lambda a, d: d * (a - d / 2)),
        {"both_signs"},
    ),
    "abs forgotten in the condition": (
        lambda t, p, d: np.where(t - p <= d, (t - p) ** 2 / 2, d * (np.abs(t - p) - d / 2)),
        {"both_signs"},
    ),
    "threshold always 1": (lambda t, p, d: oracle.huber(t, p, 1.0), {"other_thresholds"}),
    "right at threshold 1 alone": (
        huber_with(large=lambda a, d: d * np.abs(a) - d / 2),
        {"large_errors"},
    ),
    "all doubled": (lambda t, p, d: 2 * oracle.huber(t, p, d), {"scale"}),
    "the mean": (mean(oracle.huber), {"reduction"}),
    "the sum": (lambda t, p, d: np.sum(oracle.huber(t, p, d)), {"reduction"}),
    "mean over the last axis": (
        lambda t, p, d: np.mean(oracle.huber(t, p, d), axis=-1),
        {"reduction"},
    ),
    "the mean, as an array of one": (
        lambda t, p, d: np.mean(oracle.huber(t, p, d)).reshape(1),
        {"reduction"},
    ),
    "the largest": (
        lambda t, p, d: np.max(oracle.huber(t, p, d)),
        {"reduction", "gradient"},  # of several elements one alone learns
    ),
    "the median of what lacks a half": (
        lambda t, p, d: np.median(huber_with(small=lambda a, d: a**2)(t, p, d)),
        {"small_errors"},  # what becomes of several elements is asked once the formula is right
    ),
    "squeezed": (lambda t, p, d: np.squeeze(oracle.huber(t, p, d)), {"shapes"}),
    "made flat": (lambda t, p, d: oracle.huber(t, p, d).reshape(-1), {"shapes"}),
    "branches swapped": (
        lambda t, p, d: np.where(np.abs(t - p) <= d, d * (np.abs(t - p) - d / 2), (t - p) ** 2 / 2),
        {"small_errors", "large_errors"},
    ),
    "nothing at the threshold itself": (
        lambda t, p, d: (
            (np.abs(t - p) < d) * (t - p) ** 2 / 2
            + (np.abs(t - p) > d) * d * (np.abs(t - p) - d / 2)
        ),
        {"threshold_and_zero"},
    ),
}

CONTRASTIVE_MISTAKES = {
    "labels swapped": (mean(lambda t, p, m: oracle.contrastive(1 - t, p, m)), {"labels"}),
    "the paper's convention": (
        mean(lambda t, p, m: oracle.contrastive(1 - t, p, m) / 2),
        {"labels"},
    ),
    "one half too many": (mean(lambda t, p, m: oracle.contrastive(t, p, m) / 2), {"scale"}),
    "max forgotten": (
        contrastive_with(dissimilar=lambda dist, m: (m - dist) ** 2),
        {"beyond_margin"},
    ),
    "second term not squared": (
        contrastive_with(dissimilar=lambda dist, m: np.maximum(m - dist, 0)),
        {"dissimilar_pairs"},
    ),
    "square before max": (
        contrastive_with(dissimilar=lambda dist, m: np.maximum(m**2 - dist**2, 0)),
        {"dissimilar_pairs"},
    ),
    "distance squared twice": (
        contrastive_with(similar=lambda dist, m: dist**4),
        {"similar_pairs"},
    ),
    "first term not squared": (contrastive_with(similar=lambda dist, m: dist), {"similar_pairs"}),
    "margin always 1": (mean(lambda t, p, m: oracle.contrastive(t, p, 1.0)), {"other_margins"}),
    "one loss per pair": (oracle.contrastive, {"reduction"}),
    "the sum": (lambda t, p, m: np.sum(oracle.contrastive(t, p, m)), {"reduction"}),
    "the largest": (
        lambda t, p, m: np.max(oracle.contrastive(t, p, m)),
        {"reduction", "gradient"},
    ),
    "the first alone": (
        lambda t, p, m: oracle.contrastive(t, p, m).reshape(-1)[0],
        {"reduction", "gradient"},  # from one pair of all nothing is learned
    ),
    "one loss per pair, squeezed": (
        lambda t, p, m: np.squeeze(oracle.contrastive(t, p, m)),
        {"reduction"},
    ),
}


@pytest.mark.parametrize(("formula", "costs"), HUBER_MISTAKES.values(), ids=HUBER_MISTAKES)
def test_a_huber_mistake_costs_its_own_check(formula: Formula, costs: set[str]) -> None:
    assert failing(ASSIGNMENT, WRAPPER, NumpyLoss(formula)) == costs


@pytest.mark.parametrize(
    ("formula", "costs"), CONTRASTIVE_MISTAKES.values(), ids=CONTRASTIVE_MISTAKES
)
def test_a_contrastive_mistake_costs_its_own_check(formula: Formula, costs: set[str]) -> None:
    assert failing(ASSIGNMENT, MARGIN, NumpyLoss(formula)) == costs


@pytest.mark.parametrize(
    "formula",
    [
        lambda t, p, h: 0 * p,
        lambda t, p, h: np.ones_like(p),
        lambda t, p, h: p,
        lambda t, p, h: np.abs(t - p) ** 3,
        lambda t, p, h: np.full_like(p, np.nan),
    ],
    ids=["zero", "one", "the prediction", "cubic", "NaN"],
)
@pytest.mark.parametrize("exercise", [WRAPPER, MARGIN, "MyHuberLoss"])
def test_what_is_no_attempt_earns_nothing(exercise: str, formula: Formula) -> None:
    told = outcomes(ASSIGNMENT, exercise, NumpyLoss(formula))
    assert all(outcome.status is not CheckStatus.PASSED for outcome in told.values())


MIXED: dict[str, tuple[Formula, str]] = {
    "sorted before they meet": (
        lambda t, p, d: oracle.huber(np.sort(t, axis=0), np.sort(p, axis=0), d),
        "Which step mixes the elements of a batch?",
    ),
    "each with every other": (
        lambda t, p, d: oracle.huber(t, np.squeeze(p), d),
        "Which step pairs each element with every other?",
    ),
}


@pytest.mark.parametrize(("formula", "words"), MIXED.values(), ids=MIXED)
def test_who_is_right_alone_and_wrong_together_is_told_so(formula: Formula, words: str) -> None:
    told = outcomes(ASSIGNMENT, "my_huber_loss", NumpyLoss(formula))
    assert all(outcome.status is not CheckStatus.PASSED for outcome in told.values())
    for check in ("small_errors", "large_errors"):
        assert "each value is right alone" in told[check].message
        assert told[check].message.endswith(words)


# A smooth change of the curve: where it is, how wide and how high.
BUMPS = st.tuples(
    st.floats(0.05, 3.5), st.floats(0.15, 0.6), st.floats(0.01, 0.5) | st.floats(-0.5, -0.01)
)
# For which thresholds and margins, as a slip in a wrapper or class may be.
SOME = {
    "all but 1": lambda h: h != 1,
    "below 1": lambda h: h < 0.9,
    "above 1": lambda h: h > 1.1,
    "large ones": lambda h: h > 3,
}

few = settings(max_examples=25, deadline=None)


def bump(x: Floats, shape: tuple[float, float, float]) -> Floats:
    centre, width, height = shape
    return height * np.exp(-(((x - centre) / width) ** 2))


@pytest.mark.slow
@few
@given(shape=BUMPS)
def test_a_bump_anywhere_in_the_curve_costs_something(shape: tuple[float, float, float]) -> None:
    def bumped(t: Floats, p: Floats, d: float) -> Floats:
        return oracle.huber(t, p, d) + bump(np.abs(t - p), shape)

    assert failing(ASSIGNMENT, "my_huber_loss", NumpyLoss(bumped))


@pytest.mark.slow
@few
@given(shape=BUMPS, sign=st.sampled_from([1, -1]))
def test_a_bump_for_errors_of_one_sign_costs_something(
    shape: tuple[float, float, float], sign: int
) -> None:
    def bumped(t: Floats, p: Floats, d: float) -> Floats:
        return oracle.huber(t, p, d) + np.where(sign * (t - p) > 0, bump(np.abs(t - p), shape), 0)

    assert failing(ASSIGNMENT, "my_huber_loss", NumpyLoss(bumped))


@pytest.mark.slow
@few
@given(shape=BUMPS, label=st.sampled_from([0.0, 1.0]))
def test_a_bump_for_one_label_costs_something(
    shape: tuple[float, float, float], label: float
) -> None:
    @mean
    def bumped(t: Floats, p: Floats, m: float) -> Floats:
        return oracle.contrastive(t, p, m) + (t == label) * bump(p, shape)

    assert failing(ASSIGNMENT, "contrastive_loss", NumpyLoss(bumped))


@pytest.mark.slow
@pytest.mark.parametrize("where", SOME.values(), ids=SOME)
@pytest.mark.parametrize("exercise", [WRAPPER, MARGIN, "MyHuberLoss", "ContrastiveLoss"])
@settings(max_examples=4, deadline=None)
@given(shape=BUMPS)
def test_a_bump_for_some_thresholds_costs_something(
    exercise: str, where: Callable[[float], bool], shape: tuple[float, float, float]
) -> None:
    """As a fraction of the threshold or margin, so that it is where the loss is asked for."""
    huber = BY_NAME[exercise].topic == Family.HUBER
    centre, width, height = shape

    def bumped(t: Floats, p: Floats, h: float) -> Floats:
        right = oracle.huber(t, p, h) if huber else oracle.contrastive(t, p, h)
        x = np.abs(t - p) if huber else p
        change = bump(x, (centre * h, width * h, height)) * (1 if huber else t == 0)
        return right + (change if where(h) else 0)

    asked = bumped if exercise == WRAPPER else mean(bumped)
    loss = NumpyLoss(asked, is_keras_loss=BY_NAME[exercise].kind is Kind.CLASS)
    assert failing(ASSIGNMENT, exercise, loss)


class Counting(NumpyLoss):
    """A loss that gives other values after its first call."""

    def __init__(self) -> None:
        super().__init__(oracle.huber)
        question = Question(Batch.of([1.0], [0.5]))
        self.first = question, super().call(question)

    def call(self, question: Question) -> Answer:
        """Right values, but for the very first question."""
        answer = super().call(question)
        late = self.first is not None and question.key == self.first[0].key
        return replace(answer, values=answer.values * 2) if late else answer


def test_values_that_depend_on_the_number_of_calls_cost_the_end() -> None:
    assert failing(ASSIGNMENT, "my_huber_loss", Counting()) == {"to_the_end"}


FOLLOWED, EXACT = "followed at all", "exactly as given"
CLAMPED = {
    "never above 2": (lambda h: min(h, 2.0), EXACT),
    "never below a quarter": (lambda h: max(h, 0.25), EXACT),
    "rounded to quarters": (lambda h: round(h * 4) / 4, EXACT),
    "always 5": (lambda h: 5.0, FOLLOWED),
}


@pytest.mark.parametrize(("changed", "asked"), CLAMPED.values(), ids=CLAMPED)
@pytest.mark.parametrize("exercise", [WRAPPER, MARGIN])
def test_a_hyperparameter_that_is_not_in_force_costs_that_and_leaves_the_formula(
    exercise: str, changed: Callable[[float], float], asked: str
) -> None:
    huber = exercise == WRAPPER
    right = oracle.huber if huber else mean(oracle.contrastive)
    followed = "other_thresholds" if huber else "other_margins"
    check = followed if asked == FOLLOWED else "exactly_as_given"
    told = outcomes(ASSIGNMENT, exercise, NumpyLoss(lambda t, p, h: right(t, p, changed(h))))
    assert {name for name, one in told.items() if one.status is CheckStatus.FAILED} == {check}
    formula = [one for one in told.values() if one.row.part == "formula"]
    assert all(one.status is CheckStatus.PASSED for one in formula)
    missing = "Counts once the" if asked == FOLLOWED else "Counts once each loss keeps the"
    assert told["graph"].message.startswith(missing)


def test_values_that_half_precision_cannot_hold_are_a_mistake_as_any_other() -> None:
    huge = NumpyLoss(lambda t, p, h: 1e30 * oracle.huber(t, p, h))
    assert failing(ASSIGNMENT, "my_huber_loss", huge) == {"scale"}


def test_infinite_values_are_a_mistake_as_any_other() -> None:
    def endless(t: Floats, p: Floats, h: float) -> Floats:
        loss = oracle.huber(t, p, h)
        return np.where(loss > 1, np.inf, loss)

    # What is infinite on both sides is not known to be the same there.
    assert failing(ASSIGNMENT, "my_huber_loss", NumpyLoss(endless)) == {
        "large_errors",
        "both_signs",
    }
