"""What a small model learns with the right loss: the judge's own training, in NumPy.

It takes the steps that the worker takes, so that the training of an answer that passes every
check can be drawn without asking it once more.
"""

from __future__ import annotations

import numpy as np

from grader.kit.elementwise.formula import Formula
from grader.kit.interface import Batch, Floats, TrainedWeights, TrainingProblem

# Distances are kept off zero, where the square root has no gradient.
_LEAST_SQUARE = 1e-7
# As in Keras' RMSprop.
_RHO, _EPSILON = 0.9, 1e-7


def trained(problem: TrainingProblem, formula: Formula, hyper: float) -> TrainedWeights:
    """The weights after training with the mean of the formula, and the loss of each step."""
    x, kernel, bias = (
        each.astype(np.float64) for each in (problem.x, problem.kernel, problem.bias)
    )
    siamese = problem.network == "siamese"
    inputs = x[:, 0] - x[:, 1] if siamese else x
    squares: list[Floats] = [np.zeros_like(kernel), np.zeros_like(bias)]
    losses = []
    for _ in range(problem.steps):
        outputs = inputs @ kernel + (0 if siamese else bias)
        sizes = np.square(outputs).sum(axis=1, keepdims=True)
        distances = np.sqrt(np.maximum(sizes, _LEAST_SQUARE))
        batch = Batch(problem.y, (distances if siamese else outputs).astype(np.float32))
        losses.append(float(np.mean(formula.elements(batch, hyper))))
        slopes = formula.slopes(batch, hyper) / batch.y_pred.size
        if siamese:
            # The bias of both halves cancels out, and stays as it is.
            slopes = np.where(sizes > _LEAST_SQUARE, slopes / distances, 0) * outputs
        gradients = inputs.T @ slopes, np.zeros_like(bias) if siamese else slopes.sum(axis=0)
        if problem.optimizer == "rmsprop":
            squares = [
                _RHO * old + (1 - _RHO) * np.square(new)
                for old, new in zip(squares, gradients, strict=True)
            ]
            gradients = (
                gradients[0] / np.sqrt(squares[0] + _EPSILON),
                gradients[1] / np.sqrt(squares[1] + _EPSILON),
            )
        kernel = kernel - problem.learning_rate * gradients[0]
        bias = bias - problem.learning_rate * gradients[1]
    return TrainedWeights(kernel, bias, np.array(losses))
