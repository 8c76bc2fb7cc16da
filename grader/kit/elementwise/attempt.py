"""A student's attempt at one exercise, as the checks see it: the fixture `attempt`."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

import numpy as np

from grader.kit.attempt import Attempt, Seen
from grader.kit.elementwise.formula import Edge, Formula, Region, Side
from grader.kit.elementwise.misconception import Misconception
from grader.kit.elementwise.profile import Profile, diagnose, hyperparameter_in_use, look
from grader.kit.elementwise.reductions import ALONE, COLUMN, PER_ELEMENT
from grader.kit.elementwise.singly import one_by_one
from grader.kit.elementwise.standing import Standing
from grader.kit.exercises import ExerciseSpec, Kind
from grader.kit.interface import (
    Answer,
    Batch,
    CheckFailed,
    Floats,
    Making,
    Mode,
    NoAnswer,
    Question,
    StudentLoss,
    TrainedWeights,
    TrainingProblem,
)
from grader.kit.tolerance import close

DIAGNOSED_HYPERS = (1.0, 0.5, 2.5)
# A right answer may take its time for each row, by tf.map_fn for example.
_MOST_ROWS = 160
# Right but for its last digits: a check of its own is about those.
_NEAR = 1e-4
# Of each side, and how many have to tell half precision from single.
_MOST_SINGLES = 3
# What makes numbers of a table need all digits of single precision.
_FINER = np.float32(0.98765433)


class ElementwiseAttempt(Attempt):
    """One exercise of one submission, with what several checks need worked out once.

    coarse: whether its values have been through half precision, though they come as float32.
    """

    def __init__(self, spec: ExerciseSpec, formula: Formula, loss: StudentLoss) -> None:
        super().__init__(spec, loss)
        self.formula = formula
        self.coarse = False

    # Asking --------------------------------------------------------------------------------

    def question(self, batch: Batch, hyper: float = 1.0, mode: Mode = "eager") -> Question:
        """A call of the loss made with `hyper`; plain functions have 1."""
        return Question(batch, mode, self._making(hyper))

    def call(self, batch: Batch, hyper: float = 1.0, mode: Mode = "eager") -> Answer:
        """The loss made with `hyper`, called once. Raises NoAnswer.

        Values that have been through half precision on the way come as what they are worth.
        """
        answer = self.ask(self.question(batch, hyper, mode))
        return replace(answer, dtype="float16") if self.coarse else answer

    def compared(self, batch: Batch, hyper: float = 1.0, mode: Mode = "eager") -> Answer:
        """The answer as it is held against the formula: one by one, if nothing else will do."""
        if not self.profile.alone:
            return self.call(batch, hyper, mode)
        return one_by_one(lambda one: self.call(one, hyper, mode), batch)

    def one_of(self, batch: Batch, hypers: tuple[float, ...], use: int) -> Question:
        """Several losses made one after the other, then the one at `use` called."""
        return Question(
            batch, "eager", tuple(Making(each, self._by_keyword) for each in hypers), use
        )

    def made_by(self, batch: Batch, hyper: float, *, keyword: bool) -> Question:
        """The loss made by keyword or by position, called once."""
        return Question(batch, "eager", (Making(hyper, keyword),))

    def train(self, problem: TrainingProblem, hyper: float = 1.0) -> TrainedWeights:
        """Compile and train. Raises NoAnswer.

        The steps of SGD are made smaller by the factor that the answer's values are known to
        carry, so that a sum for a mean does not cost a second time by overshooting.
        """
        if problem.optimizer != "sgd":
            return self._trained(problem, hyper)
        profile = self.profile
        reduction = profile.reduction or PER_ELEMENT
        size = abs(profile.factor)
        if reduction.operation == "sum":
            size *= float(np.max(reduction(np.ones(problem.y.shape))))
        elif reduction.axes != "all" and self.call(self.sample()).is_keras_loss:
            # Keras takes the mean for a function, but not for a Loss with reduction="none".
            size *= len(problem.y)
        slower = replace(problem, learning_rate=problem.learning_rate / max(1.0, size))
        return self._trained(slower, hyper)

    def _trained(self, problem: TrainingProblem, hyper: float) -> TrainedWeights:
        trained = self.train_as_it_is(problem, hyper)
        self.training = problem, hyper
        return trained

    def train_as_it_is(self, problem: TrainingProblem, hyper: float = 1.0) -> TrainedWeights:
        """Compile and train, with the steps that the problem says. Raises NoAnswer."""
        return self._loss.train(problem, self._making(hyper))

    @property
    def hypers(self) -> tuple[float, ...]:
        """The hyperparameters to ask with, 1 first; a plain function has that alone."""
        return (1.0,) if self.spec.kind is Kind.FUNCTION else self.formula.hypers

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
        by_position, by_keyword = (
            self.made_by(batch, 0.5, keyword=keyword) for keyword in (False, True)
        )
        first = [Question(each, make=(Making(1.0),)) for each in self._looked_at()]
        self.ask_ahead([by_position, *first, by_keyword])
        outcomes: list[Floats | None] = []
        for question in (by_position, by_keyword):
            try:
                outcomes.append(self.ask(question).values.reshape(-1))
            except NoAnswer:
                outcomes.append(None)
        if outcomes[0] is None or outcomes[1] is None:
            return outcomes[0] is None and outcomes[1] is not None
        return close(outcomes[1], want) and not close(outcomes[0], want)

    @cached_property
    def profile(self) -> Profile:
        """The attempt as a whole. Raises NoAnswer if it never answers."""
        self.ask_ahead(self.question(batch) for batch in self._looked_at())
        self.coarse = self._is_coarse()
        return look(self.formula, self.call, hyperparameter=self.spec.kind is not Kind.FUNCTION)

    def _is_coarse(self) -> bool:
        """Whether what comes as float32 holds no more than half precision, one by one.

        Of inputs that need more; a right answer shows at the first of them that it has more.
        """
        told = 0
        for _, side in self.formula.sides(1.0):
            for one in itertools.islice(side.batch.split(1), _MOST_SINGLES):
                y_true = one.y_true if self.formula.labelled else one.y_true * _FINER
                fine = Batch(y_true, one.y_pred * _FINER)
                try:
                    answer = self.ask(self.question(fine))
                except NoAnswer:
                    return False
                values = answer.values
                if answer.dtype != "float32" or values.size != 1 or not np.isfinite(values).all():
                    return False
                with np.errstate(over="ignore"):
                    half = values.astype(np.float16)
                if not np.array_equal(values, half):
                    return False
                want = self.formula.elements(fine, 1.0)
                told += bool(values.any()) and not np.array_equal(want, want.astype(np.float16))
        return told >= _MOST_SINGLES

    def _looked_at(self) -> list[Batch]:
        """What a right attempt is asked first, at 1."""
        y_true, y_pred = self.formula.probes[0]
        shapes = ALONE, self.formula.probe_shape, COLUMN
        counts = [int(np.prod(shape)) for shape in shapes]
        return [
            *(
                Batch.of([y_true] * count, [y_pred] * count, shape)
                for count, shape in zip(counts, shapes, strict=True)
            ),
            *(side.batch for _, side in self.formula.sides(1.0)),
        ]

    def diagnosis(self) -> Misconception | None:
        """The one known misconception that explains all values, if exactly one does."""
        try:
            reduction = self.profile.reduction or PER_ELEMENT
        except NoAnswer:
            return None
        hypers = (1.0,) if self.spec.kind is Kind.FUNCTION else DIAGNOSED_HYPERS
        return diagnose(self.formula, self.compared, reduction, hypers)

    def seen(self) -> Iterator[Seen]:
        """Each answer, eagerly, wherever the formula is looked at. Raises NoAnswer."""
        reduction = self.profile.reduction or PER_ELEMENT
        hypers = (1.0,) if self.spec.kind is Kind.FUNCTION else DIAGNOSED_HYPERS
        for hyper in hypers:
            for _, side in self.formula.sides(hyper):
                try:
                    found = self.call(side.batch, hyper).values
                except NoAnswer as trouble:
                    yield Seen(None, right=False, reason=trouble.reason)
                    continue
                want = reduction(self.formula.elements(side.batch, hyper))
                near = found.shape == want.shape and np.allclose(found, want, rtol=_NEAR)
                yield Seen(found, near)

    # What is expected ----------------------------------------------------------------------

    def meant(self, hyper: float = 1.0) -> float:
        """The hyperparameter that the values belong to when it is made with `hyper`."""
        return self.profile.meant if hyper == 1 else self.standings[hyper].meant

    def expected(self, batch: Batch, hyper: float = 1.0) -> Floats:
        """What a right answer of this attempt's conventions gives."""
        return self._expected(batch, self.meant(hyper))

    def agrees(self, batch: Batch, hyper: float = 1.0, mode: Mode = "eager") -> bool:
        """Whether the answer is the expected one. Raises NoAnswer."""
        return self._agrees(batch, hyper, self.meant(hyper), mode)

    def _expected(self, batch: Batch, meant: float) -> Floats:
        profile = self.profile
        elements = self.formula.elements(batch, meant, swapped=profile.swapped)
        return (profile.reduction or PER_ELEMENT)(profile.factor * elements)

    def _agrees(self, batch: Batch, hyper: float, meant: float, mode: Mode = "eager") -> bool:
        answer = self.compared(batch, hyper, mode)
        return close(answer.values, self._expected(batch, meant), answer.dtype)

    def own_expected(self, batch: Batch, hyper: float) -> Floats:
        """What is expected of a loss with this hyperparameter, whichever the attempt uses."""
        return self._expected(batch, hyper)

    def right_sides(self, hyper: float = 1.0) -> Iterator[tuple[Region, Side]]:
        """The inputs on which the attempt is right at 1, at any hyperparameter."""
        for region, side in self.formula.sides(hyper, swapped=self.profile.swapped):
            if (region.name, side.name) in self.profile.right:
                yield region, side

    def edges(self, hyper: float = 1.0) -> tuple[Edge, ...]:
        """The edges of the formula with the hyperparameter that is in use."""
        return self.formula.edges(self.meant(hyper))

    # How it stands at each hyperparameter ----------------------------------------------------

    @cached_property
    def standings(self) -> dict[float, Standing]:
        """By hyperparameter: what is in use, and what is wrong though it is right at 1."""
        questions = []
        for hyper in self.hypers:
            meant = self.profile.meant if hyper == 1 else hyper
            questions += [self.question(batch, hyper) for batch in self._portions(meant)]
            # Where another hyperparameter is in use, its edges are elsewhere, and asked then.
            if self.mixes:
                edges = self.formula.edges(meant)
                questions.append(self.question(Batch.joined([edge.batch for edge in edges]), hyper))
        if not self.profile.alone:
            self.ask_ahead(questions)
        return {hyper: self._standing(hyper) for hyper in self.hypers}

    def _standing(self, hyper: float) -> Standing:
        profile = self.profile
        given = Standing(*self._held_against(hyper, profile.meant if hyper == 1 else hyper))
        if hyper == 1 or not given.wrong or given.trouble is not None:
            return given
        in_use = hyperparameter_in_use(
            self.formula, self.compared, hyper, swapped=profile.swapped, factor=profile.factor
        )
        if in_use is None:
            return given
        other = Standing(*self._held_against(hyper, in_use))
        return given if other.wrong else other

    def _held_against(
        self, hyper: float, meant: float
    ) -> tuple[float, dict[tuple[str, str], Batch], NoAnswer | None]:
        """What is wrong at `hyper` if the formula is held to have `meant`, on its inputs."""
        try:
            if all(self._agrees(batch, hyper, meant) for batch in self._portions(meant)):
                return meant, {}, None
        except NoAnswer:
            pass  # which inputs have none is found below
        wrong: dict[tuple[str, str], Batch] = {}
        troubles, sides = [], list(self.right_sides(meant))
        for region, side in sides:
            for batch in self._asked_of(side):
                try:
                    right = self._agrees(batch, hyper, meant)
                except NoAnswer as trouble:
                    troubles.append(trouble)
                    right = False
                if not right:
                    wrong[region.name, side.name] = batch
                    break
        nothing = len(troubles) == len(sides) and hyper != 1
        return meant, wrong, troubles[0] if troubles and nothing else None

    def _portions(self, meant: float) -> list[Batch]:
        """All inputs on which it is right at 1, in as few batches as show what is wrong."""
        sides = [side for _, side in self.right_sides(meant)]
        if not self.mixes:
            return [batch for side in sides for batch in self._asked_of(side)]
        reduces = (self.profile.reduction or PER_ELEMENT).axes != "none"
        alike = [side.batch for side in sides]
        dense = [batch for side in sides for batch in self._asked_of(side)[1:]]
        # In a mean large values would hide a small mistake; one by one they hide nothing.
        if reduces:
            return [Batch.joined(alike), *dense] if alike else []
        return list(Batch.joined([*alike, *dense]).split(_MOST_ROWS)) if alike else []

    def _asked_of(self, side: Side) -> tuple[Batch, ...]:
        return (side.batch,) if self.profile.alone else side.batches

    def region_is_right(self, name: str) -> bool:
        """Whether at least one side of the region is right, at every hyperparameter."""
        return any(
            region == name
            and all((region, side) not in each.wrong for each in self._answering.values())
            for region, side in self.profile.right
        )

    @property
    def _answering(self) -> dict[float, Standing]:
        """The standings at which there are values."""
        return {
            hyper: standing for hyper, standing in self.standings.items() if not standing.trouble
        }

    def wrong_on_one_side(self) -> tuple[Region, Batch, float] | None:
        """A region that is right as a whole, inputs on a side where it is wrong, and where."""
        for hyper, standing in self._answering.items():
            for region, side in self.right_sides(hyper):
                batch = standing.wrong.get((region.name, side.name))
                if batch is not None and self.region_is_right(region.name):
                    return region, batch, hyper
        return None

    def wrong_in(self, name: str) -> tuple[Batch, float]:
        """Inputs in a region that is not right, and the hyperparameter they are wrong at."""
        at_one = [
            (region.name, side)
            for region, side in self.formula.sides(1.0, swapped=self.profile.swapped)
            if region.name == name
        ]
        for region, side in at_one:
            if (region, side.name) not in self.profile.right:
                return side.batch, 1.0
        return next(
            (batch, hyper)
            for hyper, standing in self._answering.items()
            for (region, _), batch in standing.wrong.items()
            if region == name
        )

    def wrong_inputs(self) -> tuple[tuple[Batch, float], ...]:
        """Inputs of one side at 1, or else at the first hyperparameter at which it is wrong."""
        for region, side in self.formula.sides(1.0, swapped=self.profile.swapped):
            if (region.name, side.name) not in self.profile.right:
                return ((side.batch, 1.0),)
        for hyper, standing in self._answering.items():
            for batch in standing.wrong.values():
                return ((batch, hyper),)
        return ()

    # Inputs that it can take -----------------------------------------------------------------

    def right_batch(self, hyper: float = 1.0) -> Batch:
        """Inputs on which the attempt is right, in one batch as large as it can take.

        Something has to be right.
        """
        batches = [side.batch for _, side in self.right_sides(hyper)]
        return Batch.joined(batches) if self.mixes else batches[0]

    def mixed(self) -> Batch:
        """Seven rows, unevenly out of all that is right; out of everything if nothing is."""
        sides = [side.batch for _, side in self.right_sides()]
        sides = sides or [side.batch for _, side in self.formula.sides(1.0)]
        picked = [
            Batch(batch.y_true[start : start + count], batch.y_pred[start : start + count])
            for start, (batch, count) in enumerate(zip(sides, (3, 1, 2, 1), strict=False))
        ]
        return Batch.joined(picked).repeated(7)

    @cached_property
    def mixes(self) -> bool:
        """Whether rows of several regions, each right alone, are right together as well."""
        if not self.profile.right:
            return True
        return self._agrees(self.mixed(), 1.0, self.profile.meant)

    def sample(self) -> Batch:
        """Seven rows to hold the attempt against itself with: mixed, if it can take that."""
        if self.mixes:
            return self.mixed()
        return next(iter(self.right_sides()))[1].batch.repeated(7)

    def fail(
        self,
        message: str,
        batch: Batch | None = None,
        got: Floats | None = None,
        want: Floats | None = None,
        advice: str = "",
    ) -> None:
        """Raise CheckFailed with what was asked, got and wanted as evidence.

        advice: what to look at, unless something says better what is wrong.
        """
        lines = []
        if batch is not None:
            lines += [f"y_true = {batch.y_true.tolist()}", f"y_pred = {batch.y_pred.tolist()}"]
        if got is not None:
            lines.append(f"got = {got.tolist()}")
        if want is not None:
            lines.append(f"want = {want.tolist()}")
        raise CheckFailed(message, tuple(lines), advice)
