"""A right formula keeps every point in any reduction it may have; a mistake costs its own check."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.rubric import oracle
from grader.rubric.oracle import Floats
from tests.rubric.numpy_loss import Formula, NumpyLoss, failing, outcomes

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
    assert failing(exercise, loss) == set()


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
    "quadratic everywhere": (huber_with(large=lambda a, d: a**2 / 2), {"large_errors"}),
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
        {"other_thresholds"},
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
        {"labels", "scale"},
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
}


@pytest.mark.parametrize(("formula", "costs"), HUBER_MISTAKES.values(), ids=HUBER_MISTAKES)
def test_a_huber_mistake_costs_its_own_check(formula: Formula, costs: set[str]) -> None:
    assert failing(WRAPPER, NumpyLoss(formula)) == costs


@pytest.mark.parametrize(
    ("formula", "costs"), CONTRASTIVE_MISTAKES.values(), ids=CONTRASTIVE_MISTAKES
)
def test_a_contrastive_mistake_costs_its_own_check(formula: Formula, costs: set[str]) -> None:
    assert failing(MARGIN, NumpyLoss(formula)) == costs


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
    assert failing(exercise, NumpyLoss(formula)) == set(outcomes(exercise, NumpyLoss(formula)))


@settings(max_examples=40, deadline=None)
@given(
    centre=st.floats(0.05, 3.5),
    width=st.floats(0.15, 0.6),
    height=st.floats(0.01, 0.5) | st.floats(-0.5, -0.01),
)
def test_a_bump_anywhere_in_the_curve_costs_something(
    centre: float, width: float, height: float
) -> None:
    def bumped(t: Floats, p: Floats, d: float) -> Floats:
        size = np.abs(t - p)
        return oracle.huber(t, p, d) + height * np.exp(-(((size - centre) / width) ** 2))

    assert failing("my_huber_loss", NumpyLoss(bumped))
