"""Answers that are wrong in the same way have one mark, and right ones have none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.assignments.custom_losses.exercises import BY_NAME
from grader.assignments.custom_losses.fixture import attempt_at
from grader.judging.showing import likeness
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

Formula = Callable[[Any, Any], Any]


class Computed:
    """A student's loss that is computed here, in single precision."""

    loss_base = "none"

    def __init__(self, formula: Formula) -> None:
        self._formula = formula

    first = None

    def call(self, question: Question) -> Answer:
        """The formula's values."""
        batch = question.inputs
        assert isinstance(batch, Batch)
        with np.errstate(all="ignore"):
            found = np.asarray(self._formula(batch.y_true, batch.y_pred), dtype=np.float32)
        return Answer(found.astype(np.float64), "float32", "tensor")

    form = None

    def calls(self, questions: Sequence[Question]) -> tuple[Answer, ...]:
        """All answers."""
        return tuple(self.call(question) for question in questions)

    def train(self, problem: TrainingProblem, make: tuple[Making, ...] = ()) -> TrainedWeights:
        """It can't."""
        raise NoAnswer("no training here", CheckStatus.ERROR)


def mark(formula: Formula) -> str:
    """The mark of the first exercise with this formula."""
    return likeness.of(attempt_at(BY_NAME["my_huber_loss"], Computed(formula)), ASSIGNMENT)


def right(y_true: Floats, y_pred: Floats) -> Floats:
    """Huber, threshold 1."""
    size = np.abs(y_true - y_pred)
    return np.where(size <= 1, size**2 / 2, size - 0.5)


def no_half(y_true: Floats, y_pred: Floats) -> Floats:
    """The half of the square forgotten."""
    size = np.abs(y_true - y_pred)
    return np.where(size <= 1, size * size, size - 0.5)


WRONG: dict[str, Formula] = {
    "no half": no_half,
    "no offset": lambda y, p: np.where(np.abs(y - p) <= 1, (y - p) ** 2 / 2, np.abs(y - p)),
    "squared twice": lambda y, p: right(y, p) ** 2,
    "not a number": lambda y, p: right(y, p) * np.nan,
    "without end": lambda y, p: right(y, p) + np.inf,
}


def test_a_right_answer_has_none() -> None:
    """However it was computed."""
    assert mark(right) == ""
    assert mark(lambda y, p: right(p, y) * np.float32(1.0000001)) == ""


@pytest.mark.parametrize("formula", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_answer_has_a_short_one_that_says_nothing(formula: Formula) -> None:
    """The same each time, and another for each mistake."""
    own = mark(formula)
    others = {mark(other) for other in WRONG.values() if other is not formula}
    assert len(own) == 16
    assert own == mark(formula)
    assert own not in others


def test_the_same_mistake_has_the_same_whoever_wrote_it() -> None:
    """Two formulations that differ in the last digits, and at the threshold in nothing."""
    assert mark(no_half) != ""
    assert mark(lambda y, p: no_half(p, y) * np.float32(0.9999999)) == mark(no_half)


def test_no_value_at_all() -> None:
    """The words about it are what such answers have in common."""

    def stops(y_true: Floats, y_pred: Floats) -> Floats:
        raise NoAnswer("It stops.", CheckStatus.ERROR)

    assert mark(stops) == ""
