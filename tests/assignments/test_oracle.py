"""The oracle is right: by hand, and beside Keras' own Huber loss."""

from __future__ import annotations

import numpy as np
import pytest

from grader.assignments.custom_losses import oracle
from grader.kit.elementwise.misconception import ElementFormula

HUBER_BY_HAND = {
    "no error": (2.0, 2.0, 1.0, 0.0),
    "small error": (1.0, 0.5, 1.0, 0.125),
    "exactly the threshold": (0.0, 1.0, 1.0, 0.5),
    "large error": (0.0, 3.0, 1.0, 2.5),
    "large error, the other sign": (3.0, 0.0, 1.0, 2.5),
    "small for a wide threshold": (0.0, 3.0, 4.0, 4.5),
    "large for a narrow threshold": (0.0, 3.0, 0.5, 1.375),
}

CONTRASTIVE_BY_HAND = {
    "similar": (1.0, 0.5, 1.0, 0.25),
    "similar, far apart": (1.0, 2.0, 1.0, 4.0),
    "dissimilar, near": (0.0, 0.25, 1.0, 0.5625),
    "dissimilar, at the margin": (0.0, 1.0, 1.0, 0.0),
    "dissimilar, beyond the margin": (0.0, 3.0, 1.0, 0.0),
    "dissimilar, wide margin": (0.0, 1.0, 3.0, 4.0),
}


@pytest.mark.parametrize(
    ("y_true", "y_pred", "threshold", "loss"), HUBER_BY_HAND.values(), ids=HUBER_BY_HAND
)
def test_huber_by_hand(y_true: float, y_pred: float, threshold: float, loss: float) -> None:
    assert oracle.huber(np.array(y_true), np.array(y_pred), threshold) == pytest.approx(loss)


@pytest.mark.parametrize(
    ("label", "distance", "margin", "loss"), CONTRASTIVE_BY_HAND.values(), ids=CONTRASTIVE_BY_HAND
)
def test_contrastive_by_hand(label: float, distance: float, margin: float, loss: float) -> None:
    got = oracle.contrastive(np.array(label), np.array(distance), margin)
    assert got == pytest.approx(loss)


@pytest.mark.parametrize("threshold", [0.5, 1.0, 2.5])
@pytest.mark.slow
def test_huber_agrees_with_keras(threshold: float) -> None:
    import keras

    random = np.random.default_rng(7)
    y_true, y_pred = random.normal(scale=3, size=(2, 200, 1))
    theirs = keras.losses.huber(
        y_true.astype(np.float32), y_pred.astype(np.float32), delta=threshold
    )
    ours = oracle.huber(y_true, y_pred, threshold)[:, 0]
    np.testing.assert_allclose(np.asarray(theirs), ours, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    ("value", "gradient"),
    [(oracle.huber, oracle.huber_gradient), (oracle.contrastive, oracle.contrastive_gradient)],
    ids=["huber", "contrastive"],
)
@pytest.mark.parametrize("hyper", [0.5, 1.0, 3.0])
def test_gradients_are_slopes_of_the_values(
    value: ElementFormula, gradient: ElementFormula, hyper: float
) -> None:
    random = np.random.default_rng(11)
    y_true = random.integers(0, 2, 500).astype(np.float64)
    y_pred = random.uniform(0.01, 5, 500)
    step = 1e-6
    slope = (value(y_true, y_pred + step, hyper) - value(y_true, y_pred - step, hyper)) / 2 / step
    np.testing.assert_allclose(gradient(y_true, y_pred, hyper), slope, atol=1e-4)
