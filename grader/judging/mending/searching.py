"""Asks an answer with each of many edits in it, and keeps the edits that make it right.

What is asked first rejects nearly all: one batch, with every region of the formula in it,
at one hyperparameter. What stands is asked more, the least far-fetched first, until one edit
passes everything; others of about its rank are asked too, since they have a say in where the
slip is. Where the answer as it stands passes the first questions, its own first failure comes
first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from grader.judging.mending.questions import Asked, Question, Questions
from grader.kit.exercises import ExerciseSpec
from grader.sandbox import Child, Limit
from grader.worker import wire

# An edit that runs on is stopped by the worker itself, and a few of them end it all.
_TRYING = Limit(cpu_seconds=6, wall_seconds=90)
# Time only protects: an answer that loops over its elements would be asked for minutes.
_MOST_SECONDS = 2.5
# How many edits go into one message.
_MANY, _FEW = 30, 8
# How many of those that stand the first question are asked more, and how many of what takes long.
_MOST_ASKED, _MOST_TRACED = 48, 32


# Where an answer's values are right, and what it fails tells which edits can be of use.
_STEPS = ("dropped step", "added step", "function", "statement", "argument", "return", "call")
_OF_USE: dict[str, frozenset[str]] = {
    "object": frozenset({
        *_STEPS, "super", "base class", "method", "store", "gone", "import", "parameter", "self",
        "raise", "spelling",
    }),
    "reduction": frozenset({*_STEPS, "super", "brackets", "exchange", "constant"}),
    "side by side": frozenset({*_STEPS, "store", "name", "self", "spelling", "constant"}),
    "keyword": frozenset({"parameter", "spelling"}),
    "shapes": frozenset({*_STEPS, "shape", "type", "exchange"}),
    "precision": frozenset({*_STEPS, "type", "super"}),
    "gradient": frozenset({*_STEPS, "type", "constant", "operator"}),
    "gradient at zero": frozenset({*_STEPS, "exchange", "brackets", "constant", "operator"}),
    "graph": frozenset({*_STEPS, "type", "shape", "exchange", "gone"}),
}  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """An edit that may be it. lost: the questions of form that it fails."""

    number: int
    kind: wire.EditKind
    cost: int
    spans: tuple[wire.Span, ...]
    lost: frozenset[str] = frozenset()


class Search:
    """The edits of one exercise, asked in a child that has proposed them."""

    def __init__(
        self,
        spec: ExerciseSpec,
        questions: Questions,
        child: Child,
        proposals: Sequence[wire.Proposal],
    ) -> None:
        self._spec, self._child, self._proposals = spec, child, proposals
        self._questions = questions
        self._until = child.usage + _MOST_SECONDS
        self._found: list[Candidate] = []
        self._asked = self._traced = 0
        self._last: int | None = None
        self._unmended = self._as_it_stands()
        # Whether anything that is asked here tells the answer from a right one.
        self.tells = self._unmended is None or bool(self._unmended)
        self._first_failed = self._decisive(self._unmended) if self._unmended else None
        kinds = _OF_USE.get(self._first_failed.name) if self._first_failed is not None else None
        # What is tried, in its order, and what of it stands the first question.
        self._untried = [
            number
            for number, proposal in enumerate(proposals, start=1)
            if kinds is None or proposal.kind in kinds
        ]
        self._waiting: list[int] = []
        self._slow = self._first_failed is not None and self._first_failed.few

    def survivors(self, tie: int, most: int, refused: Collection[int] = ()) -> list[Candidate]:
        """Edits with which the answer is right as far as was asked: the best ones first.

        tie: how much more far-fetched than the best one an edit may be. most: how many of them
        are of use. refused: the numbers of edits that did not prove right after all; the search
        then goes on where it was.
        """
        self._found = [each for each in self._found if each.number not in refused]
        self._last = self._most_of_interest(tie)
        while self._asked < _MOST_ASKED and self._of_use < most:
            number = self._next()
            if number is None:
                break
            self._ask(number, tie)
        return sorted(self._found, key=lambda each: (len(each.lost), each.cost, each.number))

    @property
    def _of_use(self) -> int:
        """How many edits were found that leave nothing open, as far as that can be told."""
        return sum(not each.lost or not self.tells for each in self._found)

    def _ask(self, number: int, tie: int) -> None:
        """Ask everything of one edit that stands the first question."""
        self._asked += 1
        proposal = self._proposals[number - 1]
        lost = self._lost(number)
        if lost is not None and (not self._unmended or lost < self._unmended):
            found = Candidate(number, proposal.kind, proposal.cost, proposal.spans, frozenset(lost))
            self._found.append(found)
            self._last = self._most_of_interest(tie)

    def _most_of_interest(self, tie: int) -> int | None:
        """The highest cost that is still of interest, once an edit was found.

        One that leaves something of form open may still be followed by a better one.
        """
        costs = [each.cost for each in self._found if not each.lost]
        return min(costs) + tie if costs else None

    # Asking --------------------------------------------------------------------------------

    def _as_it_stands(self) -> set[str] | None:
        """The questions of form that the answer fails as it stands, or the first other one.

        None if its values are wrong.
        """
        return {each.name for each in self._failed(0)} if self._right_values([0]) else None

    def _next(self) -> int | None:
        """The next edit that passes the first question, and what the answer itself fails first.

        None if there is none any more, or none that is of interest.
        """
        while not self._waiting:
            size = _FEW if self._slow else _MANY
            chunk = self._untried[:size]
            if not chunk or self._is_too_far(chunk[0]) or self._traced >= _MOST_TRACED:
                return None
            del self._untried[:size]
            kept = self._right_values(chunk)
            if self._first_failed is not None and kept:
                # How an object reduces is known once it was called as such.
                kept = self._passes(self._questions.all[0], kept)
                self._traced += len(kept) if self._slow else 0
                kept = self._passes(self._first_failed, kept) if kept else []
            self._waiting = kept
        return None if self._is_too_far(self._waiting[0]) else self._waiting.pop(0)

    def _is_too_far(self, number: int) -> bool:
        return self._last is not None and self._proposals[number - 1].cost > self._last

    def _decisive(self, unmended: set[str]) -> Question:
        """What tells a mended answer from this one: what it fails, form last."""
        failed = [each for each in self._questions.all if each.name in unmended]
        return min(failed, key=lambda each: each.form)

    def _lost(self, number: int) -> set[str] | None:
        """The questions of form that an edit leaves open; None if it fails any other."""
        failed = self._failed(number)
        return {each.name for each in failed} if all(each.form for each in failed) else None

    def _failed(self, number: int) -> list[Question]:
        """The questions that an edit fails, up to the first that is none of form."""
        failed, pending = [], list(self._questions.all)
        while pending:
            together = [each for each in pending if each.turn == pending[0].turn]
            values = self._values([call for each in together for call in each.calls], number)
            for question in together:
                count = len(question.calls)
                mine, values = values[:count], values[count:]
                del pending[0]
                if len(mine) < count or not question.judged(mine, number):
                    failed.append(question)
                    if not question.form:
                        return failed
                if len(mine) < count:
                    break  # after a call without a value none is made
        return failed

    def _right_values(self, numbers: Sequence[int]) -> list[int]:
        """The edits with which the first values are right, by any known reduction."""
        kept = []
        asked = (self._questions.first,)
        for number, answers in zip(numbers, self._tried(numbers, asked, bare=True), strict=False):
            values = _only(answers)
            if len(values) == 1 and self._questions.is_right(values[0], number):
                kept.append(number)
        return kept

    def _passes(self, question: Question, numbers: Sequence[int]) -> list[int]:
        """The edits with which the question is answered rightly."""
        answered = self._tried(numbers, question.calls) if question.calls else [()] * len(numbers)
        return [
            number
            for number, answers in zip(numbers, answered, strict=False)
            if len(values := _only(answers)) == len(question.calls)
            and question.judged(values, number)
        ]

    def _values(self, calls: Sequence[Asked], number: int) -> list[wire.Value]:
        """What the calls give with one edit, as far as they give values."""
        answered = self._tried([number], calls) if calls else ()
        return _only(answered[0]) if answered else []

    def _tried(
        self, numbers: Sequence[int], calls: Sequence[Asked], *, bare: bool = False
    ) -> tuple[tuple[wire.Value | wire.Failure, ...], ...]:
        requests = tuple(self._questions.call(each) for each in calls)
        request = wire.Try(self._spec.name, tuple(numbers), requests, bare)
        if self._child.usage > self._until:
            return ()
        reply = self._child.ask(request, _TRYING)
        return reply.results if isinstance(reply, wire.Tried) else ()


def _only(answers: Sequence[wire.Value | wire.Failure]) -> list[wire.Value]:
    return [each for each in answers if isinstance(each, wire.Value)]
