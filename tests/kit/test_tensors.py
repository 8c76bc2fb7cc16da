"""The fixture of any function of tensors: it calls, compares, and fails with words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from grader.kit.exercises import ExerciseSpec, Kind
from grader.kit.interface import Answer, CheckFailed, NoAnswer, Question
from grader.kit.tensors import TensorAttempt
from grader.report import CheckStatus


class Computed:
    """Stands on the student's side: a function of arrays, and what it was asked."""

    loss_base: str = "none"
    first: Any = None
    form: Any = None

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.asked: list[Question] = []

    def call(self, question: Question) -> Answer:
        self.asked.append(question)
        made = [each.value for each in question.make]
        try:
            values = self.function(*made, *question.inputs.arrays)
        except ArithmeticError:
            raise NoAnswer("it raised", CheckStatus.ERROR) from None
        return Answer(np.asarray(values, dtype=np.float64), "float32", "tensor")

    def calls(self, questions: Sequence[Question]) -> tuple[Answer, ...]:
        return tuple(self.call(each) for each in questions)

    def train(self, *_: object) -> Any:
        raise AssertionError


def attempt_at(function: Callable[..., Any], kind: Kind = Kind.FUNCTION) -> TensorAttempt:
    return TensorAttempt(ExerciseSpec("f", kind, 10), Computed(function))


def test_as_many_inputs_go_in_as_it_takes() -> None:
    assert attempt_at(lambda x: x + 1).call([1.0, 2.0]).values.tolist() == [2, 3]
    three = attempt_at(lambda x, y, z: x * y + z)
    assert three.call(2.0, [3.0, 4.0], 0.5).values.tolist() == [6.5, 8.5]


def test_inputs_are_in_single_precision() -> None:
    asked = Computed(lambda x: x)
    TensorAttempt(ExerciseSpec("f", Kind.FUNCTION, 1), asked).call(0.1)
    assert [array.dtype for array in asked.asked[0].inputs.arrays] == [np.float32]


def test_the_same_question_is_put_once() -> None:
    asked = Computed(lambda x: x)
    attempt = TensorAttempt(ExerciseSpec("f", Kind.FUNCTION, 1), asked)
    attempt.ahead([([1.0],), ([2.0],)])
    for _ in range(3):
        attempt.call([1.0])
        attempt.call([2.0])
    assert len(asked.asked) == 2


def test_a_wrapper_and_a_class_are_made_first() -> None:
    attempt = attempt_at(lambda slope, x: slope * x, Kind.WRAPPER)
    assert attempt.call([1.0, 2.0], made_with=3.0).values.tolist() == [3, 6]
    nothing = attempt_at(lambda slope, x: x if slope is None else slope, Kind.CLASS)
    assert nothing.call([5.0]).values.tolist() == [5]


@pytest.mark.parametrize(
    "function",
    [
        pytest.param(lambda x: x + 1e-3, id="another value"),
        pytest.param(lambda x: x[:, None], id="another shape"),
        pytest.param(lambda x: x * np.nan, id="no number"),
    ],
)
def test_what_is_not_as_wanted_fails_with_words(function: Callable[..., Any]) -> None:
    with pytest.raises(CheckFailed, match="look at the sign") as verdict:
        attempt_at(function).check([1.0, -2.0], [1.0, -2.0], message="look at the sign")
    assert verdict.value.evidence[0] == "input 1 = [1.0, -2.0]"
    assert "1.0" not in str(verdict.value)


def test_what_is_as_wanted_passes_and_is_given_back() -> None:
    answer = attempt_at(lambda x: x).check([1.0], [1.0], message="never")
    assert answer.values.tolist() == [1]


def test_who_gives_no_value_says_why() -> None:
    def divide(x: Any) -> Any:
        raise ZeroDivisionError

    with pytest.raises(NoAnswer, match="it raised"):
        attempt_at(divide).check([1.0], [1.0], message="never")
