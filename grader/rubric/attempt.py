"""A student's attempt at one exercise, as the checks see it: the fixture `attempt`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

import numpy as np

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
from grader.rubric.misconceptions import Misconception
from grader.rubric.profile import Profile, diagnose, look
from grader.rubric.reductions import PER_ELEMENT
from grader.rubric.singly import one_by_one

DIAGNOSED_HYPERS = (1.0, 0.5, 2.5)


class Attempt:
    """One exercise of one submission, with what several checks need worked out once.

    training: the last training that gave anything, or None.
    """

    def __init__(self, spec: ExerciseSpec, loss: StudentLoss) -> None:
        self.spec = spec
        self.formula: Formula = FORMULAS[spec.family]
        self._loss = loss
        self._known: dict[tuple[object, ...], Answer | NoAnswer] = {}
        self.training: TrainingProblem | None = None

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

    def compared(self, batch: Batch, hyper: float = 1.0, mode: Mode = "eager") -> Answer:
        """The answer as it is held against the formula: one by one, if nothing else will do."""
        if not self.profile.alone:
            return self.call(batch, hyper, mode)
        return one_by_one(lambda one: self.call(one, hyper, mode), batch)

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
        elif reduction.axes != "all" and self.call(self.sample()).is_keras_loss:
            # Keras takes the mean for a function, but not for a Loss with reduction="none".
            size *= len(problem.y)
        slower = replace(problem, learning_rate=problem.learning_rate / max(1.0, size))
        return self._trained(slower)

    def _trained(self, problem: TrainingProblem) -> TrainedWeights:
        trained = self.train_as_it_is(problem)
        self.training = problem
        return trained

    def train_as_it_is(self, problem: TrainingProblem) -> TrainedWeights:
        """Compile and train, with the steps that the problem says. Raises NoAnswer."""
        return self._loss.train(problem, self._making(1.0))

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

    @cached_property
    def profile(self) -> Profile:
        """The attempt as a whole. Raises NoAnswer if it never answers."""
        return look(self.formula, self.call)

    def diagnosis(self) -> Misconception | None:
        """The one known misconception that explains all values, if exactly one does."""
        try:
            reduction = self.profile.reduction or PER_ELEMENT
        except NoAnswer:
            return None
        hypers = (1.0,) if self.spec.kind is Kind.FUNCTION else DIAGNOSED_HYPERS
        return diagnose(self.formula, self.compared, reduction, hypers)

    # What is expected ----------------------------------------------------------------------

    def expected(self, batch: Batch, hyper: float = 1.0) -> Floats:
        """What a right answer of this attempt's conventions gives."""
        profile = self.profile
        elements = self.formula.elements(batch, hyper, swapped=profile.swapped)
        return (profile.reduction or PER_ELEMENT)(profile.factor * elements)

    def agrees(self, batch: Batch, hyper: float = 1.0, mode: Mode = "eager") -> bool:
        """Whether the answer is the expected one. Raises NoAnswer."""
        answer = self.compared(batch, hyper, mode)
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

    def fail(
        self,
        message: str,
        batch: Batch | None = None,
        got: Floats | None = None,
        want: Floats | None = None,
    ) -> None:
        """Raise CheckFailed with what was asked, got and wanted as evidence."""
        lines = []
        if batch is not None:
            lines += [f"y_true = {batch.y_true.tolist()}", f"y_pred = {batch.y_pred.tolist()}"]
        if got is not None:
            lines.append(f"got = {got.tolist()}")
        if want is not None:
            lines.append(f"want = {want.tolist()}")
        raise CheckFailed(message, tuple(lines))
