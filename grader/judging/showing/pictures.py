"""What a feedback page draws of an answer: its curves, and how a model learned with it.

The answer is asked for values on grids of this module's own, which are no check's inputs, so
that a page may show every number of them. It is asked after the verdict was given: nothing
that goes wrong here can change a grade, and an answer that gives no values has no pictures.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.judging.showing.learning import trained
from grader.kit.elementwise.attempt import ElementwiseAttempt
from grader.kit.elementwise.reductions import PER_ELEMENT
from grader.kit.exercises import Kind
from grader.kit.interface import Answer, Batch, Floats, Mode, NoAnswer, TrainedWeights
from grader.kit.pictures import Curve, Distances, ExercisePictures, Line, Training
from grader.report import CheckStatus

# Drawn at another value than 1, where a threshold or margin that is always 1 would not show.
DRAWN_HYPER = 1.5

# In units of the threshold or margin, which are points of the grid themselves.
_ERRORS = np.linspace(-2.5, 2.5, 41)
_DISTANCES = np.linspace(0, 2, 33)
# An answer that returns a mean has to be asked point by point: every second one will do.
_COARSE = slice(None, None, 2)
# A prediction that is not zero, so that a loss of y_true alone or a ratio shows as well.
_PREDICTION = 1.0
_PAIRS, _SIGNAL = 12, np.array([0.6, -0.6])
_MOST_STEPS = 1000


def taken(
    judged: ElementwiseAttempt,
    unspoiled: ElementwiseAttempt,
    *,
    right: bool = False,
    enough: Callable[[], bool] = lambda: False,
) -> ExercisePictures:
    """The pictures of one attempt; never raises for what the answer does.

    judged: the attempt as it was judged. unspoiled: the same answer, where it has seen no hidden
    input: a curve can be drawn of anything that the code remembers. right: whether each check is
    passed, so that its values need not be asked for again. enough: whether the time for pictures
    is over.
    """
    return _Taking(judged, unspoiled, right, enough).pictures()


class _Taking:
    """The questions to one attempt, until one costs the child or the time is over."""

    def __init__(
        self,
        judged: ElementwiseAttempt,
        unspoiled: ElementwiseAttempt,
        right: bool,  # noqa: FBT001 - as `taken` has it
        enough: Callable[[], bool],
    ) -> None:
        self._judged, self._unspoiled = judged, unspoiled
        self._right, self._enough = right, enough
        plain = judged.spec.kind is Kind.FUNCTION
        self._hyper = 1.0 if plain else DRAWN_HYPER
        self._batches = _batches(self._hyper, signed=not judged.formula.labelled)

    def pictures(self) -> ExercisePictures:
        formula = self._judged.formula
        return ExercisePictures(
            spec=self._judged.spec,
            hyper=self._hyper,
            signed=not formula.labelled,
            losses=self._curves(self._losses, formula.elements),
            slopes=self._curves(self._slopes, formula.slopes),
            training=self._training(),
        )

    def _training(self) -> Training | None:
        """The training that was judged, once more; None if there was none, or is none now."""
        if self._judged.training is None or self._enough():
            return None
        if self._right:
            problem, hyper = self._judged.training
            return _training(trained(problem, self._judged.formula, hyper))
        try:
            return _training(self._unspoiled.train_as_it_is(*self._judged.training))
        except NoAnswer:
            return None

    def _curves(
        self, asked: Callable[[Batch], tuple[Floats, slice]], oracle: Callable[..., Floats]
    ) -> tuple[Curve, ...]:
        """One question over all batches; nothing if one of them is not answered."""
        curves = []
        for about, xs, batch in self._batches:
            if self._right:
                right = _numbers(oracle(batch, self._hyper))
                curves.append(Curve(about, _numbers(xs), right, right))
                continue
            try:
                yours, kept = asked(batch)
            except NoAnswer:
                return ()
            wanted = _numbers(oracle(batch, self._hyper)[kept])
            curves.append(Curve(about, _numbers(xs[kept]), _numbers(yours), wanted))
        return tuple(curves)

    def _losses(self, batch: Batch) -> tuple[Floats, slice]:
        """The loss at each point, and which points those are."""
        values = self._ask(batch).values
        count = len(batch.y_pred)
        if values.size == count:
            return values, slice(None)
        if values.size != 1:
            raise _nothing()
        alone = [
            self._ask(Batch(batch.y_true[[row]], batch.y_pred[[row]])).values
            for row in range(*_COARSE.indices(count))
        ]
        if any(value.size != 1 for value in alone):
            raise _nothing()
        return np.concatenate([value.reshape(-1) for value in alone]), _COARSE

    def _slopes(self, batch: Batch) -> tuple[Floats, slice]:
        """The slope at each point; a mean shares it out over the batch, which is undone."""
        values = self._ask(batch, "gradient").values
        # A number that no known reduction gives shares its slope out in a way nobody can undo.
        if values.shape != batch.y_pred.shape or self._judged.profile.alone:
            raise _nothing()
        reduction = self._judged.profile.reduction or PER_ELEMENT
        return values / reduction.weight(batch.y_pred.shape), slice(None)

    def _ask(self, batch: Batch, mode: Mode = "eager") -> Answer:
        if self._enough():
            raise _nothing()
        return self._unspoiled.call(batch, self._hyper, mode)


def _nothing() -> NoAnswer:
    return NoAnswer("There is nothing to draw.", CheckStatus.SKIPPED)


def _batches(hyper: float, *, signed: bool) -> tuple[tuple[str, Floats, Batch], ...]:
    """What the curves are about, their points, and the inputs that ask for them."""
    if signed:
        errors = _ERRORS * hyper
        predictions = np.full(errors.shape, _PREDICTION)
        return (("", errors, Batch.of(predictions + errors, predictions)),)
    distances = _DISTANCES * hyper
    return tuple(
        (about, distances, Batch.of(np.full(distances.shape, label), distances))
        for about, label in (("similar", 1.0), ("dissimilar", 0.0))
    )


def _training(weights: TrainedWeights) -> Training:
    losses = _numbers(weights.losses[:_MOST_STEPS])
    if weights.kernel.shape == (1, 1):
        return Training(losses, Line(float(weights.kernel[0, 0]), float(weights.bias[0])))
    return Training(losses, _distances(weights.kernel))


def _distances(kernel: Floats) -> Distances:
    """Distances of pairs made here: of one kind, or of two, which the first features tell."""
    random = np.random.default_rng(11)
    points = random.uniform(-1, 1, (2, 2 * _PAIRS, kernel.shape[0]))
    kinds = np.tile([1.0, -1.0], _PAIRS)
    similar = np.repeat([True, False], _PAIRS)
    for row, kind in zip(points, (kinds, np.where(similar, kinds, -kinds)), strict=True):
        row[:, :2] = 0.1 * row[:, :2] + kind[:, None] * _SIGNAL
    with np.errstate(all="ignore"):
        apart = np.linalg.norm((points[0] - points[1]) @ kernel, axis=1)
    return Distances(_numbers(apart[similar]), _numbers(apart[~similar]))


def _numbers(values: Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in values.reshape(-1))
