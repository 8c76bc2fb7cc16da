"""A loss in NumPy that stands on the student's side, so that the rubric runs without a sandbox.

It answers as a worker would for a function of (y_true, y_pred, hyperparameter) written in
TensorFlow: gradients by central differences, which are exact for piecewise quadratics, and
trainings by hand-written SGD and RMSprop.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from grader.judging.rubric_run import Outcome, run
from grader.kit.assignment import Assignment
from grader.kit.interface import (
    Answer,
    Batch,
    Floats,
    Making,
    NoAnswer,
    Question,
    TrainedWeights,
    TrainingProblem,
)
from grader.report import CheckStatus
from grader.worker.wire import Form

STEP = 1e-6
Formula = Callable[[Floats, Floats, float], Floats]


@dataclass
class NumpyLoss:
    """A student's loss made of a NumPy formula that reduces for itself."""

    formula: Formula
    loss_base: str = "keras"
    dtype: str = "float32"
    is_keras_loss: bool = False
    keyword: bool = True
    form: Form | None = None

    first: tuple[Question, Answer] | None = None

    def call(self, question: Question) -> Answer:
        """The formula's values or slopes, rounded to single precision."""
        batch, make = question.inputs, question.make
        if not isinstance(batch, Batch):
            raise TypeError("a loss is called with y_true and y_pred")
        if any(each.by_keyword for each in make) and not self.keyword:
            raise NoAnswer("no such keyword", CheckStatus.ERROR, reason="making")
        hyper = _hyper(make, question.use)
        y_true, y_pred = batch.y_true.astype(np.float64), batch.y_pred.astype(np.float64)
        values = np.asarray(self.formula(y_true, y_pred, hyper), dtype=np.float64)
        if question.mode == "gradient":
            values = self._slopes(y_true, y_pred, hyper)
        rounded = values.astype(np.float32).astype(np.float64)
        return Answer(rounded, self.dtype, "tensor", self.is_keras_loss)

    def calls(self, questions: Sequence[Question]) -> tuple[Answer, ...]:
        """All answers."""
        return tuple(self.call(question) for question in questions)

    def train(self, problem: TrainingProblem, make: tuple[Making, ...] = ()) -> TrainedWeights:
        """Full-batch training of the problem's small model."""
        hyper = _hyper(make)
        x, y = problem.x.astype(np.float64), problem.y.astype(np.float64)
        kernel, bias = problem.kernel.astype(np.float64), problem.bias.astype(np.float64)
        memory = np.zeros_like(kernel)
        for _ in range(problem.steps):
            if problem.network == "line":
                slopes = self._slopes(y, x @ kernel + bias, hyper, mean=True)
                kernel = kernel - problem.learning_rate * x.T @ slopes
                bias = bias - problem.learning_rate * slopes.sum(axis=0)
                continue
            apart = (x[:, 0] - x[:, 1]) @ kernel
            distance = np.sqrt((apart**2).sum(axis=1, keepdims=True) + 1e-7)
            slopes = self._slopes(y, distance, hyper, mean=True) * apart / distance
            gradient = (x[:, 0] - x[:, 1]).T @ slopes
            memory = 0.9 * memory + 0.1 * gradient**2
            kernel = kernel - problem.learning_rate * gradient / (np.sqrt(memory) + 1e-7)
        return TrainedWeights(kernel, bias, np.zeros(problem.steps))

    def _slopes(
        self, y_true: Floats, y_pred: Floats, hyper: float, *, mean: bool = False
    ) -> Floats:
        slopes = np.zeros_like(y_pred)
        for index in np.ndindex(y_pred.shape):
            moved = np.zeros_like(y_pred)
            moved[index] = STEP
            above = np.asarray(self.formula(y_true, y_pred + moved, hyper))
            below = np.asarray(self.formula(y_true, y_pred - moved, hyper))
            reduce = np.mean if mean else np.sum
            slopes[index] = (reduce(above) - reduce(below)) / (2 * STEP)
        return slopes


def _hyper(make: tuple[Making, ...], use: int = 0) -> float:
    value = make[use].value if make else None
    return 1.0 if value is None else value


def outcomes(assignment: Assignment, exercise: str, loss: NumpyLoss) -> dict[str, Outcome]:
    """The whole rubric on one exercise: check name -> outcome."""
    attempt = assignment.fixture(assignment.spec(exercise), loss)
    return {outcome.row.name: outcome for outcome in run(assignment, [exercise], lambda _: attempt)}


def failing(assignment: Assignment, exercise: str, loss: NumpyLoss) -> set[str]:
    """The names of the checks that fail by themselves, not for want of others."""
    return {
        name
        for name, outcome in outcomes(assignment, exercise, loss).items()
        if outcome.status not in (CheckStatus.PASSED, CheckStatus.SKIPPED)
    }
