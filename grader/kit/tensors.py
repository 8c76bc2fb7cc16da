"""The fixture for any function, wrapper or class of tensors: calls, gradients, graphs."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from grader.kit.attempt import Attempt
from grader.kit.exercises import Kind
from grader.kit.interface import (
    Answer,
    CheckFailed,
    Floats,
    Inputs,
    Making,
    Mode,
    Question,
)
from grader.kit.tolerance import close


class TensorAttempt(Attempt):
    """One exercise of one submission that is called with tensors, as many as it takes.

    `made_with` is the hyperparameter of a wrapper or class, None where it has none. All inputs
    go in as float32.
    """

    def call(self, *inputs: object, made_with: float | None = None, mode: Mode = "eager") -> Answer:
        """What it returns. Raises NoAnswer, which fails the check with words on why.

        mode: "eager"; "graph", inside a tf.function whose batch size is unknown; or "gradient",
        that of the sum of what it returns with respect to the last input.
        """
        return self.ask(self._question(inputs, made_with, mode))

    def ahead(self, calls: Iterable[tuple[object, ...]], made_with: float | None = None) -> None:
        """Make all of these calls in one message, which is faster than one by one."""
        self.ask_ahead(self._question(inputs, made_with, "eager") for inputs in calls)

    def check(
        self,
        want: object,
        *inputs: object,
        message: str,
        made_with: float | None = None,
        mode: Mode = "eager",
    ) -> Answer:
        """Fail with this message unless it returns what is wanted, in shape and values."""
        answer = self.call(*inputs, made_with=made_with, mode=mode)
        expected: Floats = np.asarray(want, dtype=np.float64)
        if not close(answer.values, expected, answer.dtype):
            self.fail(message, *inputs, got=answer.values, want=expected)
        return answer

    def fail(
        self,
        message: str,
        *inputs: object,
        got: object = None,
        want: object = None,
    ) -> None:
        """Raise CheckFailed: the answer is wrong. Inputs and numbers are for instructors alone."""
        numbers = [*inputs, got, want]
        names = [*(f"input {at}" for at, _ in enumerate(inputs, start=1)), "got", "want"]
        told = zip(names, numbers, strict=True)
        lines = [f"{name} = {np.asarray(each).tolist()}" for name, each in told if each is not None]
        raise CheckFailed(message, tuple(lines))

    def _question(
        self, inputs: tuple[object, ...], made_with: float | None, mode: Mode
    ) -> Question:
        make = () if self.spec.kind is Kind.FUNCTION else (Making(made_with),)
        return Question(Inputs.of(*inputs), mode, make)
