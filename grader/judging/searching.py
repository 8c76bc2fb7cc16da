"""Asks an answer with each of many edits in it, and keeps the edits that make it right.

What is asked first rejects nearly all: one batch, with every region of the formula in it,
at one hyperparameter. What stands is asked more, the least far-fetched first, until one edit
passes everything; others of about its rank are asked too, since they have a say in where the
slip is. Where the answer as it stands passes the first questions, its own first failure comes
first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from grader.rubric.asking import Batch, Floats
from grader.rubric.attempt import Attempt
from grader.rubric.exercises import ExerciseSpec, Kind
from grader.rubric.formulas import FORMULAS, Formula, close, errors, pairs
from grader.rubric.reductions import KNOWN, MEAN, PER_ELEMENT, Reduction
from grader.sandbox import Child, Limit
from grader.worker import wire

# An edit that runs on is stopped by the worker itself, and a few of them end it all.
_TRYING = Limit(cpu_seconds=6, wall_seconds=60)
_FIRST, _OTHERS = 2.5, (0.5, 4.0)
# How many edits go into one message.
_MANY, _FEW = 100, 8
# How many of those that stand the first question are asked more.
_MOST_ASKED = 48


@dataclass(frozen=True)
class Candidate:
    """An edit that may be it. lost: the questions of form that it fails."""

    number: int
    kind: wire.EditKind
    cost: int
    spans: tuple[wire.Span, ...]
    lost: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Asked:
    """One call, and what is to come of it."""

    batch: Batch
    hyper: float
    mode: str = "eager"
    beside: float | None = None


@dataclass(frozen=True)
class _Question:
    """Calls with the same edit in place. form: whether failing them is a matter of form."""

    name: str
    calls: tuple[_Asked, ...]
    judged: Callable[[Sequence[wire.Value], Reduction], bool]
    form: bool = False
    few: bool = False


class Search:
    """The edits of one exercise, asked in a child that has proposed them."""

    def __init__(
        self,
        spec: ExerciseSpec,
        child: Child,
        proposals: Sequence[wire.Proposal],
        attempt: Attempt | None,
    ) -> None:
        self._spec, self._child, self._proposals = spec, child, proposals
        self._formula: Formula = FORMULAS[spec.family]
        self._attempt = attempt
        self._reductions: dict[int, Reduction] = {}

    def survivors(self, tie: int) -> list[Candidate]:
        """Edits with which the answer is right as far as was asked: the best ones first.

        tie: how much more far-fetched than the best one an edit may be.
        """
        unmended = self._unmended()
        standing = list(self._standing(unmended, tie))
        found: list[Candidate] = []
        best: int | None = None
        for number in standing[:_MOST_ASKED]:
            proposal = self._proposals[number - 1]
            if best is not None and proposal.cost > best + tie:
                break
            lost = self._lost(number)
            if lost is None or (unmended is not None and not lost < unmended):
                continue
            found.append(
                Candidate(number, proposal.kind, proposal.cost, proposal.spans, frozenset(lost))
            )
            best = proposal.cost if best is None else best
        return sorted(found, key=lambda each: (len(each.lost), each.cost, each.number))

    # Asking --------------------------------------------------------------------------------

    def _unmended(self) -> set[str] | None:
        """The questions that the answer fails as it stands; None if its values are wrong."""
        if not self._right_values([0]):
            return None
        lost = set()
        for question in self._questions:
            if not self._passes(question, [0]):
                lost.add(question.name)
        return lost

    def _standing(self, unmended: set[str] | None, tie: int) -> Iterator[int]:
        """The edits that pass the first question, or what the answer itself fails first."""
        numbers = range(1, len(self._proposals) + 1)
        decisive = [q for q in self._questions if unmended and q.name in unmended and not q.form]
        first = decisive[0] if decisive else None
        size = _FEW if first is not None and first.few else _MANY
        best: int | None = None
        for start in range(0, len(numbers), size):
            chunk = list(numbers[start : start + size])
            if best is not None and self._proposals[chunk[0] - 1].cost > best + tie:
                return
            kept = self._right_values(chunk)
            if first is not None and kept:
                kept = self._passes(first, kept)
            if kept and best is None:
                best = self._proposals[kept[0] - 1].cost + tie
            yield from kept

    def _lost(self, number: int) -> set[str] | None:
        """The questions of form that the edit leaves open; None if it fails any other."""
        lost = set()
        if self._reductions[number] not in self._proper:
            lost.add("reduction")
        for question in self._questions:
            if not self._passes(question, [number]):
                if not question.form:
                    return None
                lost.add(question.name)
        return lost

    @property
    def _proper(self) -> tuple[Reduction, ...]:
        per_element = self._spec.kind is not Kind.CLASS and not self._formula.labelled
        return (PER_ELEMENT,) if per_element else (MEAN,)

    def _right_values(self, numbers: Sequence[int]) -> list[int]:
        """The edits with which the first values are right, by any known reduction."""
        batch = _mixed(self._formula, self._first)
        elements = self._formula.elements(batch, self._first)
        wanted = [(reduction, reduction(elements)) for reduction in KNOWN]
        kept = []
        asked = (_Asked(batch, self._first),)
        for number, answers in zip(numbers, self._tried(numbers, asked), strict=False):
            if len(answers) != 1 or not isinstance(answers[0], wire.Value):
                continue
            got = _values(answers[0])
            for reduction, want in wanted:
                if close(got, want, answers[0].array.dtype):
                    self._reductions[number] = reduction
                    kept.append(number)
                    break
        return kept

    def _passes(self, question: _Question, numbers: Sequence[int]) -> list[int]:
        """The edits with which the question is answered rightly."""
        kept = []
        for number, answers in zip(numbers, self._tried(numbers, question.calls), strict=False):
            values = [each for each in answers if isinstance(each, wire.Value)]
            if len(values) == len(question.calls):
                reduction = self._reductions.get(number, PER_ELEMENT)
                if question.judged(values, reduction):
                    kept.append(number)
        return kept

    def _tried(
        self, numbers: Sequence[int], calls: Sequence[_Asked]
    ) -> tuple[tuple[wire.Value | wire.Failure, ...], ...]:
        requests = tuple(self._call(each) for each in calls)
        reply = self._child.ask(wire.Try(self._spec.name, tuple(numbers), requests), _TRYING)
        return reply.results if isinstance(reply, wire.Tried) else ()

    def _call(self, asked: _Asked) -> wire.Call:
        make: tuple[wire.Hyper, ...] = ()
        if self._spec.kind is not Kind.FUNCTION:
            made = [asked.hyper] if asked.beside is None else [asked.hyper, asked.beside]
            make = tuple(wire.Hyper(value) for value in made)
        y_true, y_pred = wire.pack(asked.batch.y_true), wire.pack(asked.batch.y_pred)
        mode = asked.mode
        return wire.Call(self._spec.name, y_true, y_pred, mode, make, 0)  # type: ignore[arg-type]

    # What is asked -------------------------------------------------------------------------

    @cached_property
    def _first(self) -> float:
        return 1.0 if self._spec.kind is Kind.FUNCTION else _FIRST

    @cached_property
    def _questions(self) -> tuple[_Question, ...]:
        formula, first = self._formula, self._first
        batch, column = _mixed(formula, first), _mixed(formula, first).repeated(24)
        hypers = (first,) if self._spec.kind is Kind.FUNCTION else _OTHERS
        elsewhere = tuple(_Asked(_mixed(formula, hyper), hyper) for hyper in hypers)
        shapes: list[tuple[int, ...]] = [(24,), (1, 1), (7, 1)]
        if not formula.labelled:
            shapes += [(8, 3), (2, 3, 4)]
        reshaped = tuple(
            _Asked(column.repeated(int(np.prod(shape))).reshaped(*shape), first) for shape in shapes
        )
        gradients = tuple(_Asked(_mixed(formula, h), h, "gradient") for h in {first, *hypers})
        graph = (_Asked(batch, first, "graph"),)
        questions = [
            _Question("values", elsewhere, self._all_right(elsewhere)),
            _Question("object", (_Asked(batch, first),), self._as_keras),
            _Question("shapes", reshaped, self._all_right(reshaped), form=True),
            _Question("precision", (_Asked(_fine(formula), first),), self._exact, form=True),
            _Question("gradient", gradients, self._slopes(gradients)),
            _Question("gradient at zero", (_Asked(formula.zeros, first, "gradient"),), _finite),
            _Question("graph", graph, self._all_right(graph), few=True),
        ]
        if self._spec.kind is not Kind.FUNCTION:
            apart = tuple(
                _Asked(_mixed(formula, one), one, beside=other)
                for one, other in ((0.5, 0.75), (0.75, 0.5))
            )
            questions.insert(1, _Question("side by side", apart, self._all_right(apart)))
        return tuple(questions)

    def _all_right(
        self, asked: Sequence[_Asked]
    ) -> Callable[[Sequence[wire.Value], Reduction], bool]:
        return partial(self._agree, asked)

    def _agree(
        self, asked: Sequence[_Asked], values: Sequence[wire.Value], reduction: Reduction
    ) -> bool:
        return all(
            close(
                _values(value),
                reduction(self._formula.elements(each.batch, each.hyper)),
                value.array.dtype,
            )
            for each, value in zip(asked, values, strict=True)
        )

    def _slopes(self, asked: Sequence[_Asked]) -> Callable[[Sequence[wire.Value], Reduction], bool]:
        def judged(values: Sequence[wire.Value], reduction: Reduction) -> bool:
            return all(
                close(
                    _values(value),
                    reduction.weight(each.batch.y_pred.shape)
                    * self._formula.slopes(each.batch, each.hyper),
                    value.array.dtype,
                )
                for each, value in zip(asked, values, strict=True)
            )

        return judged

    def _exact(self, values: Sequence[wire.Value], reduction: Reduction) -> bool:
        (value,) = values
        want = reduction(self._formula.elements(_fine(self._formula), self._first))
        fits = value.container == "tensor" and value.array.dtype == "float32"
        return fits and close(_values(value), want)

    def _as_keras(self, values: Sequence[wire.Value], _: Reduction) -> bool:
        if self._spec.kind is not Kind.CLASS:
            return True
        return all(each.via == "object" and each.is_keras_loss for each in values)


def _finite(values: Sequence[wire.Value], _: Reduction) -> bool:
    return all(bool(np.all(np.isfinite(_values(each)))) for each in values)


def _values(value: wire.Value) -> Floats:
    try:
        return wire.unpack(value.array).astype(np.float64)
    except wire.WireError:
        return np.full(1, np.nan)


def _mixed(formula: Formula, hyper: float) -> Batch:
    """Every region of the formula at a hyperparameter, where it vanishes, and its boundary."""
    batches = [side.batch for _, side in formula.sides(hyper)]
    edge = np.array([hyper])
    if formula.labelled:
        batches += [pairs(0.0, edge), pairs(1.0, edge), pairs(0.0, 0 * edge), formula.zeros]
    else:
        batches += [errors(edge), errors(-edge), formula.zeros]
    return Batch.joined(tuple(batches))


def _fine(formula: Formula) -> Batch:
    """Numbers that need all of single precision."""
    numbers = np.array([0.1234567, 0.7654321, 1.2345678, 2.7182818])
    if formula.labelled:
        return Batch.joined((pairs(1.0, numbers), pairs(0.0, numbers)))
    return errors(np.concatenate([numbers, -numbers]))
