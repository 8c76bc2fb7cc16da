"""Two small trainings, and how their outcome is judged: in NumPy, on inputs the worker never saw.

The line is the course's y = 2x - 1; the Siamese network learns to tell two kinds of points
apart by their distance, among features that say nothing. Both start far from the goal, so
that a loss that teaches nothing can't arrive.
"""

from __future__ import annotations

import numpy as np

from grader.kit.interface import Floats, TrainedWeights, TrainingProblem

_X = np.array([[-1.0], [0.0], [1.0], [2.0], [3.0], [4.0]], dtype=np.float32)

LINE = TrainingProblem(
    network="line",
    x=_X,
    y=2 * _X - 1,
    kernel=np.array([[0.0]], dtype=np.float32),
    bias=np.array([0.0], dtype=np.float32),
    optimizer="sgd",
    learning_rate=0.3,
    steps=60,
)

LINE_INPUT, LINE_TARGET, LINE_SLACK = 10.0, 19.0, 0.5

_FEATURES, _UNITS = 6, 3


def _points(kinds: Floats, noise: Floats) -> Floats:
    """Points whose first two features tell their kind; the others are noise."""
    signal = np.stack([kinds, -kinds], axis=1) * 0.6
    return np.concatenate([signal + 0.1 * noise[:, :2], noise[:, 2:]], axis=1)


def _make_pairs(count: int, seed: int) -> tuple[Floats, Floats]:
    """(count, 2, features) pairs and (count, 1) labels: 1 for two points of one kind."""
    random = np.random.default_rng(seed)
    first = random.integers(0, 2, count).astype(np.float64) * 2 - 1
    labels = (np.arange(count) % 2).astype(np.float64)
    second = np.where(labels == 1, first, -first)
    noise = random.uniform(-1, 1, (2, count, _FEATURES))
    points = np.stack([_points(first, noise[0]), _points(second, noise[1])], axis=1)
    return points, labels[:, None]


_TRAIN_X, _TRAIN_Y = _make_pairs(24, seed=1)
HELD_OUT_X, HELD_OUT_Y = _make_pairs(40, seed=2)

SIAMESE = TrainingProblem(
    network="siamese",
    x=_TRAIN_X.astype(np.float32),
    y=_TRAIN_Y.astype(np.float32),
    kernel=(0.3 * np.random.default_rng(3).normal(size=(_FEATURES, _UNITS))).astype(np.float32),
    bias=np.zeros(_UNITS, dtype=np.float32),
    optimizer="rmsprop",
    learning_rate=0.02,
    steps=50,
)


def line_prediction(weights: TrainedWeights) -> float:
    """What the trained line says at LINE_INPUT."""
    return float(LINE_INPUT * weights.kernel[0, 0] + weights.bias[0])


def line_learned(weights: TrainedWeights) -> bool:
    """Whether the prediction at 10 is near 19."""
    return abs(line_prediction(weights) - LINE_TARGET) <= LINE_SLACK


def distances(kernel: Floats, bias: Floats) -> tuple[Floats, Floats]:
    """Distances of the held-out similar and dissimilar pairs."""
    embedded = HELD_OUT_X @ kernel + bias
    all_distances = np.linalg.norm(embedded[:, 0] - embedded[:, 1], axis=1)
    similar = HELD_OUT_Y[:, 0] == 1
    return all_distances[similar], all_distances[~similar]


def pairs_told_apart(weights: TrainedWeights) -> bool:
    """Whether a similar pair is mostly nearer than a dissimilar one: 9 of 10 comparisons."""
    similar, dissimilar = distances(weights.kernel, weights.bias)
    return float(np.mean(similar[:, None] < dissimilar[None, :])) >= 0.9
