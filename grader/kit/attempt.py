"""A student's attempt at one exercise, as checks of any kind see it: what it answers, once each."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol

from grader.kit.exercises import ExerciseSpec
from grader.kit.interface import (
    Answer,
    Batch,
    Floats,
    NoAnswer,
    Question,
    StudentLoss,
    TrainingProblem,
)
from grader.worker.wire import Form


class Diagnosed(Protocol):
    """A known mistake. id: stable, for scripts; text: what a teaching assistant would say."""

    @property
    def id(self) -> str:
        """Its name, for scripts."""

    @property
    def text(self) -> str:
        """What to tell a student."""


@dataclass(frozen=True)
class Seen:
    """Values that an attempt gives; None, and the reason, where it gives none."""

    values: Floats | None
    right: bool
    reason: str = ""


class Attempt:
    """One exercise of one submission. What it is asked once is answered the same ever after.

    training: the last training that gave anything, and its hyperparameter, or None.
    """

    def __init__(self, spec: ExerciseSpec, loss: StudentLoss) -> None:
        self.spec = spec
        self._loss = loss
        self._known: dict[tuple[object, ...], Answer | NoAnswer] = {}
        self.training: tuple[TrainingProblem, float] | None = None

    def ask(self, question: Question) -> Answer:
        """The answer to a question, which is put once. Raises NoAnswer."""
        if question.key not in self._known:
            try:
                self._known[question.key] = self._loss.call(question)
            except NoAnswer as trouble:
                self._known[question.key] = trouble
        known = self._known[question.key]
        if isinstance(known, NoAnswer):
            raise known.with_traceback(None)
        return known

    def ask_ahead(self, questions: Iterable[Question]) -> None:
        """Put all of these questions at once, so that each is answered when it is asked."""
        new = {each.key: each for each in questions if each.key not in self._known}
        try:
            answers = self._loss.calls(tuple(new.values()))
        except NoAnswer:
            return  # whoever asks gets to know
        self._known |= dict(zip(new, answers, strict=False))

    def first_and_late(self) -> tuple[Answer, Answer] | None:
        """What the very first call gave, and what the same one gives now. Raises NoAnswer."""
        first = self._loss.first
        if first is None:
            return None
        question, answer = first
        return answer, self._loss.call(question)

    @property
    def loss_base(self) -> str:
        """For a class: "keras", "legacy" or "none"."""
        return self._loss.loss_base

    @property
    def form(self) -> Form | None:
        """Of what form its definition is; None if nothing is known of that."""
        return self._loss.form

    def besides(self, skipped: AbstractSet[str]) -> tuple[str, ...]:  # noqa: ARG002 - for those who know
        """What is known to be wrong too, as sentences; skipped: the checks that were not made."""
        return ()

    def diagnosis(self) -> Diagnosed | None:
        """The one known misconception behind all that is wrong; None where none is known."""
        return None

    def wrong_inputs(self) -> tuple[tuple[Batch, float], ...]:
        """Inputs on which its values are wrong, each with the hyperparameter it is asked with.

        Some of them, and none where nothing is known of that. Raises NoAnswer.
        """
        return ()

    def seen(self) -> Iterable[Seen]:
        """Values by which wrong answers are compared; none if there is nothing to compare.

        Raises NoAnswer.
        """
        return ()
