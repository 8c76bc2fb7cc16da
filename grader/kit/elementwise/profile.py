"""Looks at an attempt as a whole, before anything is judged: conventions, right regions, diagnosis.

One look finds which reduction it uses, whether its labels are exchanged, whether a constant
factor runs through all of its values, and which regions of the formula are right once that
is undone. The checks then compare like with like, so that one mistake costs once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from grader.kit.elementwise.formula import Formula, flipped
from grader.kit.elementwise.misconception import ElementFormula, Misconception
from grader.kit.elementwise.reductions import ALONE, COLUMN, PER_ELEMENT, Reduction, recognised
from grader.kit.elementwise.singly import one_by_one
from grader.kit.interface import Answer, Batch, Floats, NoAnswer
from grader.kit.tolerance import close


class Calling(Protocol):
    """Calls the loss made with a hyperparameter. Raises NoAnswer."""

    def __call__(self, batch: Batch, hyper: float = 1.0) -> Answer:
        """The answer to one batch."""


@dataclass(frozen=True)
class Profile:
    """What an attempt does at a hyperparameter of 1.

    reduction: as found, or None if none of the known ones fits. swapped: labels 1 and 0
    exchanged. factor: the constant that all values carry. right: the (region, side) names
    which agree with the formula once all that is undone. core: the regions among which
    being right proves something. meant: the hyperparameter that the values belong to, which is
    another than 1 if all is right with another. alone: whether the rest was found by asking for
    one element at a time, since several become one number (their maximum, say) by no known
    reduction.
    """

    reduction: Reduction | None
    swapped: bool
    factor: float
    right: frozenset[tuple[str, str]]
    core: frozenset[str]
    meant: float = 1.0
    alone: bool = False

    @property
    def right_core(self) -> frozenset[str]:
        """The regions it has right among those that prove something."""
        return frozenset(name for name, _ in self.right) & self.core

    @property
    def whole(self) -> bool:
        """Whether all that proves something is right."""
        return self.right_core == self.core


def look(formula: Formula, call: Calling, *, hyperparameter: bool) -> Profile:
    """The profile of an attempt. Raises NoAnswer if it never answers.

    hyperparameter: whether it is made with one, and so may use another than was given.
    """
    reduction = _find_reduction(formula, call)
    profile = _with_reduction(formula, call, reduction)
    if hyperparameter and not profile.whole:
        for swapped in (False, True) if formula.labelled else (False,):
            in_use = hyperparameter_in_use(formula, call, swapped=swapped)
            # With 0 everything is zero, as it is in many another loss.
            if in_use:
                other = _with_reduction(formula, call, reduction, meant=in_use)
                profile = other if other.whole else profile
    if profile.right_core or not _gives_one_number(formula, call):
        return profile

    def singly(batch: Batch, hyper: float = 1.0) -> Answer:
        return one_by_one(lambda one: call(one, hyper), batch)

    alone = _with_reduction(formula, singly, PER_ELEMENT)
    return replace(alone, reduction=None, alone=True) if alone.right_core else profile


def _gives_one_number(formula: Formula, call: Calling) -> bool:
    """Whether several elements always become one number."""
    sides = [side.batch for _, side in formula.sides(1.0)]
    try:
        return all(call(batch).values.size == 1 for batch in sides)
    except NoAnswer:
        return False


def _with_reduction(
    formula: Formula, call: Calling, reduction: Reduction | None, meant: float = 1.0
) -> Profile:
    fitting = _Fitting(formula, call, reduction or PER_ELEMENT, meant)
    plain = Profile(reduction, False, 1.0, fitting.right(), formula.core, meant)
    if plain.whole:
        return plain
    best = plain
    for swapped, factor in fitting.conventions():
        right = fitting.right(swapped=swapped, factor=factor)
        other = replace(best, swapped=swapped, factor=factor, right=right)
        if other.whole:
            return other
        # A factor is one only if it runs through everything; exchanged labels show in a part.
        if factor == 1.0 and len(other.right_core) > len(best.right_core):
            best = other
    # A whole formula that is known says more than exchanged labels that explain a part.
    if not plain.right_core and _is_known_mistake(formula, call, fitting.reduction):
        return plain
    return best


def diagnose(
    formula: Formula, call: Calling, reduction: Reduction, hypers: tuple[float, ...]
) -> Misconception | None:
    """The one known misconception that explains all values at `hypers`, if exactly one does."""
    if _fits(formula, call, formula.value, reduction, hypers):
        return None
    fitting = _fitting_misconceptions(formula, call, reduction, hypers)
    if not fitting:
        in_use = hyperparameter_in_use(formula, call)
        if in_use is not None and _fits(formula, call, formula.fixed(in_use), reduction, hypers):
            return formula.another
    return fitting[0] if len({known.id for known in fitting}) == 1 else None


def _find_reduction(formula: Formula, call: Calling) -> Reduction | None:
    """Raises the first NoAnswer if nothing at all is answered."""
    trouble: NoAnswer | None = None
    for y_true, y_pred in formula.probes:
        answers: dict[tuple[int, ...], Floats] = {}
        for shape in (ALONE, formula.probe_shape, COLUMN):
            count = int(np.prod(shape))
            try:
                answers[shape] = call(Batch.of([y_true] * count, [y_pred] * count, shape)).values
            except NoAnswer as problem:
                trouble = trouble or problem
        single = answers.pop(ALONE, None)
        if single is None or single.size != 1 or not np.isfinite(single).all() or not single.any():
            continue
        reduction = recognised(single.item(), answers)
        if reduction is not None:
            return reduction
        if any(values.size != np.prod(shape) for shape, values in answers.items()):
            return None
    if trouble is not None and not any(
        _answers(call, side.batch) for _, side in formula.sides(1.0)
    ):
        raise trouble
    return None


def _answers(call: Calling, batch: Batch) -> bool:
    try:
        call(batch)
    except NoAnswer:
        return False
    return True


@dataclass(frozen=True)
class _Fitting:
    """Holds an attempt at 1 against the formula with the hyperparameter `meant`."""

    formula: Formula
    call: Calling
    reduction: Reduction
    meant: float

    def right(self, *, swapped: bool = False, factor: float = 1.0) -> frozenset[tuple[str, str]]:
        """The (region, side) names on which the attempt is right under these conventions."""
        return frozenset(
            (region.name, side.name)
            for region, side in self.formula.sides(1.0, swapped=swapped)
            if _gives(
                self.call, side.batch, 1.0, self._wanted(side.batch, swapped=swapped, factor=factor)
            )
        )

    def conventions(self) -> Iterator[tuple[bool, float]]:
        """Other ways to write the whole formula: labels exchanged, a constant factor, both."""
        for swapped in (False, True) if self.formula.labelled else (False,):
            if swapped:
                yield swapped, 1.0
            for region, side in self.formula.sides(1.0, swapped=swapped):
                if region.name in self.formula.core:
                    factor = self._factor(side.batch, swapped=swapped)
                    if factor is not None:
                        yield swapped, factor
                        break

    def _wanted(self, batch: Batch, *, swapped: bool, factor: float = 1.0) -> Floats:
        elements = self.formula.elements(batch, self.meant, swapped=swapped)
        return self.reduction(factor * elements)

    def _factor(self, batch: Batch, *, swapped: bool) -> float | None:
        """The factor between the answer and what is wanted, if there may be one.

        A loss of the wrong sign is another one: training with it seeks the worst.
        """
        want = self._wanted(batch, swapped=swapped)
        try:
            got = self.call(batch).values
        except NoAnswer:
            return None
        if got.shape != want.shape:
            return None
        with np.errstate(all="ignore"):
            factor = float(np.median(got / want))
        return factor if np.isfinite(factor) and factor > 0 else None


def _gives(call: Calling, batch: Batch, hyper: float, want: Floats) -> bool:
    try:
        answer = call(batch, hyper)
    except NoAnswer:
        return False
    return close(answer.values, want, answer.dtype)


def _fits(
    formula: Formula,
    call: Calling,
    other: ElementFormula,
    reduction: Reduction,
    hypers: tuple[float, ...],
) -> bool:
    """Whether the attempt's values are those of the `other` formula on all inputs."""
    for hyper in hypers:
        for _, side in formula.sides(hyper):
            y_true = side.batch.y_true.astype(np.float64)
            y_pred = side.batch.y_pred.astype(np.float64)
            if not _gives(call, side.batch, hyper, reduction(other(y_true, y_pred, hyper))):
                return False
    return True


def _fitting_misconceptions(
    formula: Formula, call: Calling, reduction: Reduction, hypers: tuple[float, ...]
) -> list[Misconception]:
    return [
        known
        for known in formula.misconceptions
        if _fits(formula, call, known.formula, reduction, hypers)
    ]


def _is_known_mistake(formula: Formula, call: Calling, reduction: Reduction) -> bool:
    if _fitting_misconceptions(formula, call, reduction, (1.0,)):
        return True
    in_use = hyperparameter_in_use(formula, call)
    return in_use is not None and _fits(formula, call, formula.fixed(in_use), reduction, (1.0,))


def hyperparameter_in_use(
    formula: Formula,
    call: Calling,
    hyper: float = 1.0,
    *,
    swapped: bool = False,
    factor: float = 1.0,
) -> float | None:
    """The hyperparameter that the values at `hyper` would belong to, if they are this loss.

    swapped, factor: conventions of the attempt, which are undone first.
    """
    read = formula.hyper_from
    points = [Batch.of([y_true], [y_pred]) for y_true, y_pred in read.points]
    try:
        values = [
            call(flipped(point) if swapped else point, hyper).values / factor for point in points
        ]
    except NoAnswer:
        return None
    if any(value.size != 1 for value in values):
        return None
    with np.errstate(all="ignore"):
        found = float(read.formula(*(value.item() for value in values)))
    return found if np.isfinite(found) and found >= 0 else None
