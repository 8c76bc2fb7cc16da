"""What a check may ask of a student's loss, and the answers it may get.

Checks know nothing of processes or messages: they see `StudentLoss`, which the judge
implements on the other side of the wall.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from grader.report import CheckStatus, Place
from grader.worker.wire import Form

# What a loss is made with in the very first call, whose inputs are no secret.
PUBLIC_HYPER = 3.0

Floats = NDArray[np.float64]
Mode = Literal["eager", "graph", "gradient"]


@dataclass(frozen=True)
class Batch:
    """Inputs of one call of a loss: float32 arrays of the same shape."""

    y_true: NDArray[np.float32]
    y_pred: NDArray[np.float32]

    @property
    def arrays(self) -> tuple[NDArray[np.float32], ...]:
        """What the call is made with, in its order."""
        return self.y_true, self.y_pred

    @classmethod
    def of(cls, y_true: object, y_pred: object, shape: tuple[int, ...] = (-1, 1)) -> Batch:
        """A batch of these numbers, in single precision and in `shape`.

        It can't be written to: many checks, of many submissions, are given the same one.
        """
        labels, predictions = (
            np.array(numbers, dtype=np.float32).reshape(shape) for numbers in (y_true, y_pred)
        )
        labels.setflags(write=False)
        predictions.setflags(write=False)
        return cls(labels, predictions)

    def reshaped(self, *shape: int) -> Batch:
        """The same numbers in another shape."""
        return Batch(self.y_true.reshape(shape), self.y_pred.reshape(shape))

    def repeated(self, count: int) -> Batch:
        """`count` rows, taken from this batch's in turn."""
        return Batch(
            np.resize(self.y_true, (count, *self.y_true.shape[1:])),
            np.resize(self.y_pred, (count, *self.y_pred.shape[1:])),
        )

    def split(self, most: int) -> Iterator[Batch]:
        """The rows in batches of at most `most`."""
        for start in range(0, len(self.y_pred), most):
            yield Batch(self.y_true[start : start + most], self.y_pred[start : start + most])

    @staticmethod
    def joined(batches: Sequence[Batch]) -> Batch:
        """The rows of all batches, one after the other."""
        return Batch(
            np.concatenate([batch.y_true for batch in batches]),
            np.concatenate([batch.y_pred for batch in batches]),
        )


@dataclass(frozen=True)
class Inputs:
    """Inputs of one call of any function: float32 arrays, in its order."""

    arrays: tuple[NDArray[np.float32], ...]

    @classmethod
    def of(cls, *arrays: object) -> Inputs:
        """These numbers, in single precision."""
        return cls(tuple(np.array(numbers, dtype=np.float32) for numbers in arrays))


# A shape beyond these is not told: a notebook can choose it, input by input.
MAX_TOLD_DIMENSIONS, MAX_TOLD_SIZE = 3, 32


@dataclass(frozen=True)
class Answer:
    """What a loss returned.

    values: as float64, in the shape that came back. dtype: as it came back.
    container: "tensor", "numpy" or "number". is_keras_loss: whether the object that was
    called is an instance of Keras' Loss. refusal: "" or why calling the object itself
    failed, when its method `call` answered in its place.
    """

    values: Floats
    dtype: str
    container: str
    is_keras_loss: bool = False
    refusal: str = ""
    refusal_place: Place | None = None

    @property
    def shape_in_words(self) -> str:
        """Its shape, if it is of the size that mistakes make; a message holds no other numbers."""
        shape = self.values.shape
        if len(shape) > MAX_TOLD_DIMENSIONS or any(size > MAX_TOLD_SIZE for size in shape):
            return "of another size altogether"
        return str(shape)


@dataclass(frozen=True)
class TrainingProblem:
    """A small training with Keras: arrays are float32; full batches; fixed initial weights."""

    network: Literal["line", "siamese"]
    x: NDArray[np.float32]
    y: NDArray[np.float32]
    kernel: NDArray[np.float32]
    bias: NDArray[np.float32]
    optimizer: Literal["sgd", "rmsprop"]
    learning_rate: float
    steps: int


@dataclass(frozen=True)
class TrainedWeights:
    """The weights after training, and the loss of each step as Keras computed it."""

    kernel: Floats
    bias: Floats
    losses: Floats


@dataclass(frozen=True)
class Making:
    """How to make a loss: its hyperparameter, passed by position or by the course's keyword.

    value: None for what is made with nothing.
    """

    value: float | None
    by_keyword: bool = False


@dataclass(frozen=True)
class Question:
    """One call: all of `make` are made (none for a plain function), the one at `use` is called."""

    inputs: Batch | Inputs
    mode: Mode = "eager"
    make: tuple[Making, ...] = ()
    use: int = 0

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What tells it from every other question."""
        numbers = tuple((each.tobytes(), each.shape) for each in self.inputs.arrays)
        # An int is another value than a float that equals it.
        made = tuple((type(each.value), each.value, each.by_keyword) for each in self.make)
        return numbers, self.mode, made, self.use


class StudentLoss(Protocol):
    """One exercise of one submission. Every method may raise NoAnswer."""

    @property
    def loss_base(self) -> str:
        """For a class: "keras", "legacy" or "none", the Loss that it is a subclass of."""

    @property
    def form(self) -> Form | None:
        """Of what form its definition is; None if nothing is known of that."""

    @property
    def first(self) -> tuple[Question, Answer] | None:
        """The very first call and what it gave; None if that was no value."""

    def call(self, question: Question) -> Answer:
        """The answer to one question."""

    def calls(self, questions: Sequence[Question]) -> tuple[Answer, ...]:
        """The answers to the first of several questions, for as long as that goes well.

        What is missing can be asked by itself, and says then why there is no answer.
        """

    def train(self, problem: TrainingProblem, make: tuple[Making, ...] = ()) -> TrainedWeights:
        """Compile and train a small model with the loss."""


class CheckFailed(AssertionError):
    """A check's verdict: the answer is wrong. `str()` is what the student reads.

    evidence: lines with inputs and numbers, for instructors who asked for them. advice: what to
    look at, a sentence that is said behind it unless something says better what is wrong.
    """

    def __init__(self, message: str, evidence: tuple[str, ...] = (), advice: str = "") -> None:
        super().__init__(message)
        self.evidence, self.advice = evidence, advice


class NoAnswer(AssertionError):
    """The loss gave no value: it raised, ran too long, died, or returned what is no number.

    reason: as the worker said it ("making", "no gradient", "raised", ...); text for checks
    that put it in their own words. unwritten: it came to the line that the starter has in place
    of an answer.
    """

    def __init__(
        self,
        message: str,
        status: CheckStatus,
        place: Place | None = None,
        reason: str = "",
        *,
        unwritten: bool = False,
    ) -> None:
        super().__init__(message)
        self.status, self.place, self.reason = status, place, reason
        self.unwritten = unwritten

    def said(self, message: str) -> NoAnswer:
        """The same in other words; all else that is known of it stays."""
        return NoAnswer(message, self.status, self.place, self.reason, unwritten=self.unwritten)


class NotReached(AssertionError):
    """The check was not made, since something before it settled it; it costs its points."""
