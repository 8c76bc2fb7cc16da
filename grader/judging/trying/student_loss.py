"""The student's side of a check: calls that cross the wall and come back as arrays.

This is the judge's `StudentLoss`. It keeps the time, notices when a child is lost, and
turns every reply into an answer or into words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import msgspec
import numpy as np

from grader.judging.reasons import explaining
from grader.judging.reasons.quoting import Quoting, public
from grader.judging.trying.time_limits import CALLING, MAX_LOSSES, TRAINING, USUAL, Budget, scaled
from grader.kit.assignment import Limits
from grader.kit.cause import Cause
from grader.kit.exercises import ExerciseSpec
from grader.kit.interface import (
    PUBLIC_HYPER,
    Answer,
    Floats,
    Making,
    NoAnswer,
    Question,
    TrainedWeights,
    TrainingProblem,
)
from grader.report import CheckStatus
from grader.sandbox import Child, Limit, Lost
from grader.worker import wire


class SandboxedLoss:
    """One exercise behind the wall.

    child: gives the child to ask, opened and defined anew if the last one was lost; raises
    NoAnswer if the definition does not succeed there. definition: how it went at first.
    builtin_used: whether any call was handed to a built-in loss. losses: how often a child was
    lost to this exercise, or had not the memory for it.
    """

    def __init__(
        self,
        spec: ExerciseSpec,
        child: Callable[[], Child],
        definition: wire.Definition,
        budget: Budget,
        limits: Limits = USUAL,
        own: tuple[Cause, ...] = (),
    ) -> None:
        self._spec, self._child = spec, child
        self._quoting = Quoting.of(definition, spec, own)
        self._asked_in_public = False
        self._quick = False
        self._first: tuple[Question, Answer] | None = None
        self._definition, self._budget, self._limits = definition, budget, limits
        self._own = own
        self._calling = scaled(CALLING, limits.calling)
        self._last_loss: NoAnswer | None = None
        self.losses = 0
        self.builtin_used = False

    @property
    def loss_base(self) -> str:
        """As the worker found it when the class was defined."""
        return self._definition.loss_base

    @property
    def form(self) -> wire.Form | None:
        """Of what form the definition is, with names in it that stand in the notebook alone."""
        form = self._definition.form
        if form is None or not form.used or self._quoting.may_be_said(form.used):
            return form
        return msgspec.structs.replace(form, used="")

    @property
    def first(self) -> tuple[Question, Answer] | None:
        """The call in public, which comes before all others."""
        return self._first

    def elsewhere(self, child: Callable[[], Child]) -> SandboxedLoss:
        """The same exercise in another child, as if nothing had been asked yet."""
        return SandboxedLoss(
            self._spec, child, self._definition, self._budget, self._limits, self._own
        )

    def call(self, question: Question) -> Answer:
        """Call the loss. Raises NoAnswer."""
        if not self._asked_in_public:
            self._ask_in_public(question)
        reply = self._ask(self._request(question), self._calling)
        if not isinstance(reply, wire.Value):
            raise self._misplaced()
        return self._answer(reply)

    def calls(self, questions: Sequence[Question]) -> tuple[Answer, ...]:
        """Call the loss several times in one message, as far as that goes well."""
        if not self._asked_in_public and questions:
            self._ask_in_public(questions[0])
        # What costs a child has to be asked for by itself, so that it is known which call did.
        if not self._quick or self._budget.spent:
            return ()
        answers: list[Answer] = []
        for start in range(0, len(questions), wire.MAX_CALLS):
            some = questions[start : start + wire.MAX_CALLS]
            request = wire.Calls(tuple(self._request(each) for each in some))
            reply = self._child().ask(request, self._calling)
            replies = reply.replies if isinstance(reply, wire.Values) else ()
            values = [each for each in replies[: len(some)] if isinstance(each, wire.Value)]
            try:
                answers += [self._answer(each) for each in values]
            except NoAnswer:
                self._quick = False  # its bytes are not what its shape says
                break
            if len(values) < len(some):
                self._quick = isinstance(reply, wire.Values)
                break
        return tuple(answers)

    def _answer(self, reply: wire.Value) -> Answer:
        """Raises NoAnswer if the reply's bytes are not what its shape says."""
        refusal, refused = "", None
        if reply.refused is not None:
            refused = self._quoting.rationed(reply.refused)
            refusal = explaining.raised(refused, self._quoting)
        return Answer(
            values=_floats(reply.array),
            dtype=reply.array.dtype,
            container=reply.container,
            is_keras_loss=reply.is_keras_loss,
            refusal=refusal,
            refusal_place=explaining.place(refused.spot) if refused is not None else None,
        )

    def _request(self, question: Question) -> wire.Call:
        inputs = tuple(wire.pack(array) for array in question.inputs.arrays)
        hypers = self._hypers(question.make)
        return wire.Call(self._spec.name, inputs, question.mode, hypers, question.use)

    def _ask_in_public(self, asked: Question) -> None:
        """Call with numbers that are no secret, first of all: what it raises may be quoted."""
        self._asked_in_public = True
        make = tuple(
            each if each.value is None else replace(each, value=PUBLIC_HYPER)
            for each in asked.make[:1]
        )
        question = Question(public(asked.inputs), make=make)
        reply = self._child().ask(self._request(question), self._calling)
        self._quick = isinstance(reply, wire.Value)
        if isinstance(reply, wire.Failure):
            self._quoting.public = reply.raised
        elif isinstance(reply, wire.Value):
            self._quoting.public = reply.refused
            self._first = question, self._answer(reply)

    def train(self, problem: TrainingProblem, make: tuple[Making, ...] = ()) -> TrainedWeights:
        """Train a small model with the loss. Raises NoAnswer."""
        request = wire.Train(
            self._spec.name,
            problem.network,
            wire.pack(problem.x),
            wire.pack(problem.y),
            wire.pack(problem.kernel),
            wire.pack(problem.bias),
            problem.optimizer,
            problem.learning_rate,
            problem.steps,
            self._hypers(make),
        )
        try:
            reply = self._ask(request, scaled(TRAINING, self._limits.training))
        except NoAnswer as trouble:
            words = f"A small model can't be compiled and trained with it. {trouble}"
            raise trouble.said(words) from None
        if not isinstance(reply, wire.Trained):
            raise self._misplaced()
        weights = TrainedWeights(_floats(reply.kernel), _floats(reply.bias), _floats(reply.losses))
        if weights.kernel.shape != problem.kernel.shape or weights.bias.shape != problem.bias.shape:
            raise self._misplaced()
        return weights

    def _hypers(self, make: tuple[Making, ...]) -> tuple[wire.Hyper, ...]:
        keyword = self._spec.hyperparameter
        return tuple(wire.Hyper(each.value, keyword if each.by_keyword else "") for each in make)

    def _ask(self, request: wire.Request, limit: Limit) -> wire.Reply:
        if self._last_loss is not None and self.losses >= MAX_LOSSES:
            raise NoAnswer(
                str(self._last_loss), self._last_loss.status, reason=self._last_loss.reason
            )
        if self._budget.spent:
            raise NoAnswer(
                "The notebook as a whole took more time than it had.", CheckStatus.TIMEOUT
            )
        reply = self._child().ask(request, limit)
        if isinstance(reply, Lost):
            self.losses += 1
            self._last_loss = explaining.lost(reply)
            raise self._last_loss
        if isinstance(reply, wire.Failure):
            self.builtin_used |= reply.reason == "builtin"
            trouble = explaining.failure(reply, self._quoting)
            if reply.raised is not None and reply.raised.kind in explaining.STARVED:
                # How far it gets is the machine's doing, and to try costs the time of a loss.
                self.losses += 1
                self._last_loss = trouble
            raise trouble
        return reply

    def _misplaced(self) -> NoAnswer:
        """The reply is of a kind that was not asked for: something tampered with the child."""
        self.losses += 1
        self._last_loss = explaining.lost(Lost("protocol", ""))
        return self._last_loss


def _floats(array: wire.Array) -> Floats:
    """The array as float64. Raises NoAnswer if its bytes are not what its shape says."""
    try:
        return wire.unpack(array).astype(np.float64)
    except wire.WireError:
        raise explaining.lost(Lost("protocol", "")) from None
