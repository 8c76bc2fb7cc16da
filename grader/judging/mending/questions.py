"""What an edited answer is asked, and how what comes is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from grader.kit.elementwise.formula import Formula
from grader.kit.elementwise.reductions import KNOWN, MEAN, PER_ELEMENT, Reduction
from grader.kit.exercises import ExerciseSpec, Kind
from grader.kit.interface import Batch, Floats
from grader.kit.tolerance import close
from grader.worker import wire

# One of them is a whole number, which makes other tensors of what is given.
_FIRST, _OTHERS = 2.5, (0.5, 4)


@dataclass(frozen=True)
class Asked:
    """One call, and what is to come of it."""

    batch: Batch
    hyper: float
    mode: str = "eager"
    beside: float | None = None
    by_keyword: bool = False


# Values that came with an edit in place, and the edit's number.
Judged = Callable[[Sequence[wire.Value], int], bool]


@dataclass(frozen=True)
class Question:
    """Calls with the same edit in place.

    form: whether failing them is a matter of form. turn: those of a turn are asked together. few:
    they take long, so only a few edits are asked at a time.
    """

    name: str
    turn: int
    calls: tuple[Asked, ...]
    judged: Judged
    form: bool = False
    few: bool = False


class Questions:
    """All that is asked of the edits of one exercise; what is known of each edit is kept.

    wrong: inputs and hyperparameters at which the answer as it stands is known to be wrong: an edit
    that changes nothing there is no use.
    """

    def __init__(
        self, spec: ExerciseSpec, formula: Formula, wrong: Iterable[tuple[Batch, float]] = ()
    ) -> None:
        self._spec, self._formula = spec, formula
        self._wrong = tuple(Asked(batch, hyper) for batch, hyper in wrong)
        self._reductions: dict[int, Reduction] = {}

    @cached_property
    def first(self) -> Asked:
        """What is asked before all others, and rejects nearly all edits."""
        return Asked(self._batch, self._first)

    def is_right(self, value: wire.Value, number: int) -> bool:
        """Whether the first values are right, by any known reduction, which is kept."""
        reduction = self._reduction(value)
        if reduction is None:
            return False
        self._reductions[number] = reduction
        return True

    def call(self, asked: Asked) -> wire.Call:
        """The call as the worker is asked for it."""
        make: tuple[wire.Hyper, ...] = ()
        if self._spec.kind is not Kind.FUNCTION:
            made = [asked.hyper] if asked.beside is None else [asked.hyper, asked.beside]
            keyword = self._spec.hyperparameter if asked.by_keyword else ""
            make = tuple(wire.Hyper(value, keyword) for value in made)
        inputs = tuple(wire.pack(array) for array in asked.batch.arrays)
        mode = asked.mode
        return wire.Call(self._spec.name, inputs, mode, make, 0)  # type: ignore[arg-type]

    @cached_property
    def _first(self) -> float:
        return 1.0 if self._spec.kind is Kind.FUNCTION else _FIRST

    @cached_property
    def _batch(self) -> Batch:
        return _few(self._formula, self._first)

    @cached_property
    def all(self) -> tuple[Question, ...]:
        """All of them: what is quickly asked first, since most edits fail early."""
        formula, first, batch = self._formula, self._first, self._batch
        makes = self._spec.kind is not Kind.FUNCTION
        hypers = (first, *_OTHERS) if makes else (first,)
        mixed = tuple(Asked(_mixed(formula, hyper), hyper) for hyper in hypers)
        elsewhere = (*self._wrong, *mixed)
        shapes: list[tuple[int, ...]] = [(24,), (1, 1), (7, 1)]
        if not formula.labelled:
            shapes += [(8, 3), (2, 3, 4)]
        reshaped = tuple(
            Asked(batch.repeated(int(np.prod(shape))).reshaped(*shape), first) for shape in shapes
        )
        slopes = tuple(Asked(_mixed(formula, h), h, "gradient") for h in hypers[:2])
        apart = tuple(
            Asked(_mixed(formula, one), one, beside=other)
            for one, other in ((0.5, 0.75), (0.75, 0.5))
        )
        named = (Asked(batch, first, by_keyword=True),)
        graph = (Asked(batch, first, "graph"),)
        object_ = (Asked(batch, first),)
        return (
            Question("object", 1, object_, self._as_keras),
            Question("reduction", 1, (), self._reduces, form=True),
            Question("values", 1, elsewhere, self._agreeing(elsewhere)),
            *([Question("side by side", 1, apart, self._agreeing(apart))] if makes else ()),
            *([Question("keyword", 1, named, self._agreeing(named), form=True)] if makes else ()),
            Question("shapes", 2, reshaped, self._agreeing(reshaped), form=True),
            Question("precision", 2, (Asked(formula.fine, first),), self._exact, form=True),
            Question("gradient", 2, slopes, self._sloping(slopes)),
            Question("gradient at zero", 2, (Asked(formula.zeros, first, "gradient"),), _finite),
            Question("graph", 3, graph, self._agreeing(graph), few=True),
        )

    def _as_keras(self, values: Sequence[wire.Value], number: int) -> bool:
        """Whether the object itself can be called; how it reduces is looked at anew."""
        (value,) = values
        if not self.is_right(value, number):
            return False
        is_class = self._spec.kind is Kind.CLASS
        return not is_class or (value.via == "object" and value.is_keras_loss)

    def _reduces(self, _: Sequence[wire.Value], number: int) -> bool:
        return self._reductions[number] in self._proper

    def _agreeing(self, asked: Sequence[Asked]) -> Judged:
        """Whether values are those of the formula."""

        def judged(values: Sequence[wire.Value], number: int) -> bool:
            reduction = self._reductions[number]
            return all(
                close(
                    _numbers(value),
                    reduction(self._formula.elements(each.batch, each.hyper)),
                    value.array.dtype,
                )
                for each, value in zip(asked, values, strict=True)
            )

        return judged

    def _sloping(self, asked: Sequence[Asked]) -> Judged:
        """Whether gradients are those of the formula."""

        def judged(values: Sequence[wire.Value], number: int) -> bool:
            reduction = self._reductions[number]
            return all(
                close(
                    _numbers(value),
                    reduction.weight(each.batch.y_pred.shape)
                    * self._formula.slopes(each.batch, each.hyper),
                    value.array.dtype,
                )
                for each, value in zip(asked, values, strict=True)
            )

        return judged

    def _exact(self, values: Sequence[wire.Value], number: int) -> bool:
        (value,) = values
        want = self._reductions[number](self._formula.elements(self._formula.fine, self._first))
        fits = value.container == "tensor" and value.array.dtype == "float32"
        return fits and close(_numbers(value), want)

    @property
    def _proper(self) -> tuple[Reduction, ...]:
        per_element = self._spec.kind is not Kind.CLASS and not self._formula.labelled
        return (PER_ELEMENT,) if per_element else (MEAN,)

    def _reduction(self, value: wire.Value) -> Reduction | None:
        """By which reduction the first values are right, if by any."""
        got = _numbers(value)
        for reduction, want in self._wanted:
            if close(got, want, value.array.dtype):
                return reduction
        return None

    @cached_property
    def _wanted(self) -> list[tuple[Reduction, Floats]]:
        elements = self._formula.elements(self._batch, self._first)
        return [(reduction, reduction(elements)) for reduction in KNOWN]


def _finite(values: Sequence[wire.Value], _: int) -> bool:
    return all(bool(np.all(np.isfinite(_numbers(each)))) for each in values)


def _numbers(value: wire.Value) -> Floats:
    try:
        return wire.unpack(value.array).astype(np.float64)
    except wire.WireError:
        return np.full(1, np.nan)


def _few(formula: Formula, hyper: float) -> Batch:
    """Some of every region, where it vanishes, and its boundary: nearly all edits fail here."""
    batches = [side.batch for _, side in formula.sides(hyper)]
    rows = [Batch(b.y_true[[0, -2]], b.y_pred[[0, -2]]) for b in batches]
    rows += [edge.point for edge in formula.edges(hyper)]
    return Batch.joined((*rows, formula.zeros))


def _mixed(formula: Formula, hyper: float) -> Batch:
    """Every region of the formula at a hyperparameter, where it vanishes, and its boundary."""
    batches = [side.batch for _, side in formula.sides(hyper)]
    batches += [edge.batch for edge in formula.edges(hyper)]
    return Batch.joined((*batches, formula.zeros))
