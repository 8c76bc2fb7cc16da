"""A student's attempt at one exercise, as the checks see it: the fixture `attempt`.

Before anything is judged, the attempt is looked at as a whole (`Profile`): which reduction
it uses, whether its labels are exchanged, whether one constant factor runs through all of
its values, and which regions of the formula are right once that is undone. The checks then
compare like with like, so that one mistake costs once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from grader.rubric import misconceptions
from grader.rubric.asking import (
    Answer,
    Batch,
    CheckFailed,
    Floats,
    Making,
    Mode,
    NoAnswer,
    NotReached,
    StudentLoss,
    TrainedWeights,
    TrainingProblem,
)
from grader.rubric.exercises import ExerciseSpec, Kind
from grader.rubric.formulas import FORMULAS, Formula, Region, Side, close, flipped
from grader.rubric.reductions import PER_ELEMENT, Reduction, recognised

DIAGNOSED_HYPERS = (1.0, 0.5, 2.5)


@dataclass(frozen=True)
class Profile:
    """What an attempt does at a hyperparameter of 1, before any verdict.

    reduction: as found, or None if none of the known ones fits. swapped: labels 1 and 0
    exchanged. factor: the constant that all values carry. right: the (region, side) names
    which agree with the formula once all that is undone. known_mistake: whether nothing
    is right, but its values are those of a formula that people take for this one.
    """

    reduction: Reduction | None
    swapped: bool
    factor: float
    right: frozenset[tuple[str, str]]
    known_mistake: bool

    core: frozenset[str] = frozenset()

    @property
    def recognisable(self) -> bool:
        """Whether any part of it is this loss: a region that proves something, or a known mistake."""
        return any(name in self.core for name, _ in self.right) or self.known_mistake

    def region_is_right(self, name: str) -> bool:
        """Whether at least one side of the region is right."""
        return any(region == name for region, _ in self.right)


class Attempt:
    """One exercise of one submission, with what several checks need worked out once.

    trained: what the last training gave, or None.
    """

    def __init__(self, spec: ExerciseSpec, loss: StudentLoss) -> None:
        self.spec = spec
        self.formula: Formula = FORMULAS[spec.family]
        self._loss = loss
        self._known: dict[tuple[object, ...], Answer | NoAnswer] = {}
        self.trained: TrainedWeights | None = None

    # Asking --------------------------------------------------------------------------------

    def call(self, batch: Batch, hyper: float = 1.0, mode: Mode = "eager") -> Answer:
        """The loss made with `hyper` (plain functions have 1), called once. Raises NoAnswer."""
        shape = batch.y_pred.shape
        key = (batch.y_true.tobytes(), batch.y_pred.tobytes(), shape, hyper, mode)
        if key not in self._known:
            try:
                self._known[key] = self._loss.call(batch, mode, self._making(hyper))
            except NoAnswer as trouble:
                self._known[key] = trouble
        known = self._known[key]
        if isinstance(known, NoAnswer):
            raise known.with_traceback(None)
        return known

    def call_one_of(self, batch: Batch, hypers: tuple[float, ...], use: int) -> Answer:
        """Several losses made one after the other, then the one at `use` called."""
        make = tuple(Making(hyper, self._by_keyword) for hyper in hypers)
        return self._loss.call(batch, "eager", make, use)

    def call_made_by(self, batch: Batch, hyper: float, *, keyword: bool) -> Answer:
        """The loss made by keyword or by position, called once."""
        return self._loss.call(batch, "eager", (Making(hyper, keyword),))

    def train(self, problem: TrainingProblem) -> TrainedWeights:
        """Compile and train. Raises NoAnswer.

        The steps of SGD are made smaller by the factor that the answer's values are known to
        carry, so that a sum for a mean does not cost a second time by overshooting.
        """
        if problem.optimizer != "sgd":
            return self._trained(problem)
        profile = self.profile
        reduction = profile.reduction or PER_ELEMENT
        size = abs(profile.factor)
        if reduction.operation == "sum":
            size *= float(np.max(reduction(np.ones(problem.y.shape))))
        slower = replace(problem, learning_rate=problem.learning_rate / max(1.0, size))
        return self._trained(slower)

    def _trained(self, problem: TrainingProblem) -> TrainedWeights:
        self.trained = self._loss.train(problem, self._making(1.0))
        return self.trained

    @property
    def loss_base(self) -> str:
        """For a class: "keras", "legacy" or "none"."""
        return self._loss.loss_base

    def _making(self, hyper: float) -> tuple[Making, ...]:
        if self.spec.kind is Kind.FUNCTION:
            return ()
        return (Making(hyper, self._by_keyword),)

    @cached_property
    def _by_keyword(self) -> bool:
        """Whether to make losses by keyword.

        By position, unless that fails or silently means another parameter (say, a class
        whose first parameter is the name): one check alone is about how it is passed.
        """
        y_true, y_pred = self.formula.probes[1]
        batch = Batch.of([y_true], [y_pred])
        want = self.formula.elements(batch, 0.5)[0]
        outcomes: list[Floats | None] = []
        for keyword in (False, True):
            try:
                outcomes.append(self.call_made_by(batch, 0.5, keyword=keyword).values.reshape(-1))
            except NoAnswer:
                outcomes.append(None)
        by_position, by_keyword = outcomes
        if by_keyword is None or by_position is None:
            return by_position is None and by_keyword is not None
        return close(by_keyword, want) and not close(by_position, want)

    # What is expected ----------------------------------------------------------------------

    def expected(self, batch: Batch, hyper: float = 1.0) -> Floats:
        """What a right answer of this attempt's conventions gives."""
        profile = self.profile
        elements = self.formula.elements(batch, hyper, swapped=profile.swapped)
        return (profile.reduction or PER_ELEMENT)(profile.factor * elements)

    def agrees(self, batch: Batch, hyper: float = 1.0, mode: Mode = "eager") -> bool:
        """Whether the answer is the expected one. Raises NoAnswer."""
        answer = self.call(batch, hyper, mode)
        return close(answer.values, self.expected(batch, hyper), answer.dtype)

    def in_its_labels(self, batch: Batch) -> Batch:
        """The batch, with its labels as this attempt understands them."""
        return flipped(batch) if self.profile.swapped else batch

    def right_sides(self, hyper: float = 1.0) -> Iterator[tuple[Region, Side]]:
        """The inputs on which the attempt is right at 1, at any hyperparameter."""
        for region, side in self.formula.sides(hyper, swapped=self.profile.swapped):
            if (region.name, side.name) in self.profile.right:
                yield region, side

    def right_batch(self, hyper: float = 1.0) -> Batch:
        """Inputs on which the attempt is right, in one batch as large as it can take.

        Something has to be right.
        """
        batches = tuple(side.batch for _, side in self.right_sides(hyper))
        return Batch.joined(batches) if self.mixes else batches[0]

    def mixed(self) -> Batch:
        """Seven rows, unevenly out of all that is right; out of everything if nothing is."""
        sides = [side.batch for _, side in self.right_sides()]
        sides = sides or [side.batch for _, side in self.formula.sides(1.0)]
        picked = [
            Batch(batch.y_true[start : start + count], batch.y_pred[start : start + count])
            for start, (batch, count) in enumerate(zip(sides, (3, 1, 2, 1), strict=False))
        ]
        return Batch.joined(tuple(picked)).repeated(7)

    @cached_property
    def mixes(self) -> bool:
        """Whether rows of several regions, each right alone, are right together as well."""
        return not self.profile.right or self.agrees(self.mixed())

    def sample(self) -> Batch:
        """Seven rows to hold the attempt against itself with: mixed, if it can take that."""
        if self.mixes:
            return self.mixed()
        return next(iter(self.right_sides()))[1].batch.repeated(7)

    def require_recognisable(self) -> None:
        """Raise NotReached if no part of the attempt is the loss that was asked for."""
        if not self.profile.recognisable:
            raise NotReached(
                f"Not looked at yet: none of the values are those of the {self.formula.title}. "
                "Once some are, this counts too."
            )

    def fail(self, message: str, batch: Batch | None = None, got: Floats | None = None,
             want: Floats | None = None) -> None:  # fmt: skip
        """Raise CheckFailed with what was asked, got and wanted as evidence."""
        lines = []
        if batch is not None:
            lines += [f"y_true = {batch.y_true.tolist()}", f"y_pred = {batch.y_pred.tolist()}"]
        if got is not None:
            lines.append(f"got = {got.tolist()}")
        if want is not None:
            lines.append(f"want = {want.tolist()}")
        raise CheckFailed(message, tuple(lines))

    # The profile ---------------------------------------------------------------------------

    @cached_property
    def profile(self) -> Profile:
        """The attempt as a whole. Raises NoAnswer if it never answers."""
        reduction = self._find_reduction()
        assumed = reduction or PER_ELEMENT
        best = Profile(reduction, False, 1.0, self._fitting(assumed), known_mistake=False, core=self.formula.core)
        if self._core(best) == self.formula.core:
            return best
        for swapped, factor in self._conventions(assumed):
            right = self._fitting(assumed, swapped=swapped, factor=factor)
            other = Profile(reduction, swapped, factor, right, known_mistake=False, core=self.formula.core)
            whole = self._core(other) == self.formula.core
            # A factor is one only if it runs through everything; exchanged labels show in a part.
            if whole or (factor == 1.0 and len(self._core(other)) > len(self._core(best))):
                best = other
            if whole:
                return best
        if self._core(best):
            return best
        known = self._is_known_mistake(assumed)
        return replace(best, known_mistake=known)

    def _core(self, profile: Profile) -> frozenset[str]:
        """The regions it has right among those that prove something."""
        return frozenset(name for name, _ in profile.right) & self.formula.core

    def _conventions(self, reduction: Reduction) -> Iterator[tuple[bool, float]]:
        """Other ways to write the whole formula: labels exchanged, a constant factor, both."""
        for swapped in (False, True) if self.formula.labelled else (False,):
            if swapped:
                yield swapped, 1.0
            for region, side in self.formula.sides(1.0, swapped=swapped):
                want = reduction(self.formula.elements(side.batch, 1.0, swapped=swapped))
                got = self._values_or_none(side.batch)
                if region.name not in self.formula.core or got is None or got.shape != want.shape:
                    continue
                with np.errstate(all="ignore"):
                    factor = float(np.median(got / want))
                if np.isfinite(factor) and factor != 0:
                    yield swapped, factor
                    break

    def _find_reduction(self) -> Reduction | None:
        """Raises the first NoAnswer if nothing at all is answered."""
        trouble: NoAnswer | None = None
        for y_true, y_pred in self.formula.probes:
            one = Batch.of([y_true], [y_pred])
            for shape in (self.formula.probe_shape, (4, 1)):
                count = int(np.prod(shape))
                many = Batch.of([y_true] * count, [y_pred] * count, shape)
                try:
                    single, repeated = self.call(one).values, self.call(many).values
                except NoAnswer as problem:
                    trouble = trouble or problem
                    continue
                if single.size != 1 or not np.isfinite(single).all() or single.item() == 0:
                    break
                reduction = recognised(single.item(), repeated, shape)
                if reduction is not None or repeated.size != count:
                    return reduction
        if trouble is not None and self._never_answers():
            raise trouble
        return None

    def _never_answers(self) -> bool:
        return all(
            self._values_or_none(side.batch) is None for _, side in self.formula.sides(1.0)
        )

    def _fitting(
        self, reduction: Reduction, *, swapped: bool = False, factor: float = 1.0
    ) -> frozenset[tuple[str, str]]:
        fitting = set()
        for region, side in self.formula.sides(1.0, swapped=swapped):
            want = reduction(factor * self.formula.elements(side.batch, 1.0, swapped=swapped))
            if self._gives(side.batch, 1.0, want):
                fitting.add((region.name, side.name))
        return frozenset(fitting)

    def _gives(self, batch: Batch, hyper: float, want: Floats) -> bool:
        try:
            answer = self.call(batch, hyper)
        except NoAnswer:
            return False
        return close(answer.values, want, answer.dtype)

    def _values_or_none(self, batch: Batch, hyper: float = 1.0) -> Floats | None:
        try:
            return self.call(batch, hyper).values
        except NoAnswer:
            return None

    # Diagnosis -----------------------------------------------------------------------------

    def diagnosis(self) -> misconceptions.Misconception | None:
        """The one known misconception that explains all values, if exactly one does."""
        try:
            reduction = self.profile.reduction or PER_ELEMENT
        except NoAnswer:
            return None
        plain = self.spec.kind is Kind.FUNCTION
        hypers = (1.0,) if plain else DIAGNOSED_HYPERS
        if self._fits(self.formula.value, reduction, hypers):
            return None
        fitting = self._fitting_misconceptions(reduction, hypers)
        return fitting[0] if len({known.id for known in fitting}) == 1 else None

    def _fitting_misconceptions(
        self, reduction: Reduction, hypers: tuple[float, ...]
    ) -> list[misconceptions.Misconception]:
        return [
            known
            for known in misconceptions.of(self.spec.family)
            if self._fits(known.formula, reduction, hypers)
        ]

    def _is_known_mistake(self, reduction: Reduction) -> bool:
        if self._fitting_misconceptions(reduction, (1.0,)):
            return True
        try:
            other = self._hyperparameter_in_use()
        except NoAnswer:
            return False
        return other is not None and self._fits(
            lambda y_true, y_pred, _: self.formula.value(y_true, y_pred, other), reduction, (1.0,)
        )

    def _hyperparameter_in_use(self) -> float | None:
        """The threshold or margin that the values at 1 would belong to, if they are this loss."""
        read = self.formula.hyper_from
        values = [self.call(Batch.of([t], [p])).values for t, p in read.points]
        if any(value.size != 1 for value in values):
            return None
        with np.errstate(all="ignore"):
            found = read.formula(*(value.item() for value in values))
        return found if np.isfinite(found) and found > 0 else None

    def _fits(
        self, formula: misconceptions.ElementFormula, reduction: Reduction, hypers: tuple[float, ...]
    ) -> bool:
        for hyper in hypers:
            for _, side in self.formula.sides(hyper):
                y_true = side.batch.y_true.astype(np.float64)
                y_pred = side.batch.y_pred.astype(np.float64)
                if not self._gives(side.batch, hyper, reduction(formula(y_true, y_pred, hyper))):
                    return False
        return True
