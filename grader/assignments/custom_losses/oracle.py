"""The two losses in NumPy float64, written from their formulas: what every answer is held against.

All functions take and return float64 arrays of one shape, element by element; reductions
are the caller's. Sources: Huber, "Robust Estimation of a Location Parameter" (1964),
equation for the k-threshold loss; Hadsell, Chopra and LeCun, "Dimensionality Reduction by
Learning an Invariant Mapping" (2006), equation 4, with the course's convention: a label of
1 for a similar pair, and no factor one half.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def huber(y_true: Floats, y_pred: Floats, threshold: float) -> Floats:
    """Huber loss of each element, with a = y_true - y_pred.

    a^2 / 2 where |a| <= threshold, else threshold (|a| - threshold / 2).
    """
    size = np.abs(y_true - y_pred)
    return np.where(size <= threshold, size**2 / 2, threshold * (size - threshold / 2))


def huber_gradient(y_true: Floats, y_pred: Floats, threshold: float) -> Floats:
    """Derivative of `huber` with respect to y_pred."""
    return np.clip(y_pred - y_true, -threshold, threshold)


def contrastive(y_true: Floats, y_pred: Floats, margin: float) -> Floats:
    """Contrastive loss of each pair: y D^2 + (1 - y) max(margin - D, 0)^2, D being y_pred."""
    push: Floats = np.maximum(margin - y_pred, 0) ** 2
    return y_true * y_pred**2 + (1 - y_true) * push


def contrastive_gradient(y_true: Floats, y_pred: Floats, margin: float) -> Floats:
    """Derivative of `contrastive` with respect to y_pred."""
    return 2 * y_true * y_pred - 2 * (1 - y_true) * np.maximum(margin - y_pred, 0)
