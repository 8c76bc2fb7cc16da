"""The two losses as the checks see them: regions, the inputs of each, and the oracle.

The inputs of a side are a table of fractions of the threshold or margin, at any of them, and
at 1 also numbers drawn densely off the table. Predictions vary apart from the errors, so that
no function of one argument can pass for a loss.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np

from grader.assignments.custom_losses import misconceptions, oracle
from grader.assignments.custom_losses.exercises import Family
from grader.kit.elementwise.formula import Edge, Formula, Reading, Region, Side
from grader.kit.inputs import drawn
from grader.kit.interface import Batch, Floats

# Fractions of the threshold or margin: inside, and beyond.
_INSIDE = np.array([1, 2, 3, 5, 6, 7, 9, 10, 11, 12, 14, 15]) / 16
_BEYOND = np.array([1.125, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6, 8])
# Not farther out: in a mean over all, large squares would hide a small mistake.
_ON_BOTH_SIDES = np.concatenate([_INSIDE, [1.0], _BEYOND[_BEYOND <= 4]])
_BASES = np.array([0.5, -1.0, 2.0, 0.0, -1.5, 1.0, -0.5, 1.5, -2.0, 0.25, 1.25, -0.75])

# At 1 alone, and densely: what is wrong anywhere up to eight thresholds shows there.
_DENSE_INSIDE = drawn.stratified(0.0, 1.0, 32, seed=5)
_DENSE_BEYOND = drawn.stratified(1.0, 8.5, 240, seed=6)
_FAR = np.array([10.0, 13.0, 17.5, 24.0, 40.5, 64.0])
_SMALLEST = 1 / 8
# Far from zero errors are coarser, so that the squares of predictions are exact as well.
_FAR_BASES = np.array([24.0, -40.5, 100.0, 7.5, -64.25, -12.5])
_FAR_INSIDE = np.array([1, 2, 3, 5, 6, 7]) / 8
_FAR_BEYOND = np.array([1.25, 2.0, 3.5, 6.0, 1.5, 2.5])

# Thresholds and margins to make losses with. 1 comes first: what is right there is found first.
# Whole numbers and fractions, near and far, and one int; the rest are in no table.
HYPERS = (1.0, 0.5, 2.5, 19 / 64, 3, 109 / 64, 5 / 64, 7.40625, 12.65625)
# Numbers that need all of single precision.
_FINE = np.array([0.1234567, 0.7654321, 1.2345678, 2.7182818])
# The sides of a region are asked for in almost every check, and are the same each time.
_kept = lru_cache(maxsize=64)
# Next to the threshold or margin, as fractions of it.
_CLOSE_BY = (1 / 32, 1 / 128, 1 / 1024)


def errors(sizes: Floats, bases: Floats = _BASES) -> Batch:
    """A batch whose errors y_true - y_pred are `sizes`, at varied predictions."""
    predictions = np.resize(bases, sizes.shape)
    return Batch.of(predictions + sizes, predictions)


def pairs(label: float, distances: Floats) -> Batch:
    """A batch of pairs, all similar (label 1) or all dissimilar (label 0)."""
    return Batch.of(np.full(distances.shape, label), distances)


def _fractions(table: Floats, low: float, high: float, hyper: float) -> Floats:
    """The table, and numbers between `low` and `high` drawn for this hyperparameter alone."""
    if hyper == 1:
        return table
    off = drawn.stratified(low * hyper, high * hyper, 8, seed=round(hyper * 64))
    return np.concatenate([table * hyper, off[(low * hyper < off) & (off < high * hyper)]])


def _dense(fractions: Floats, hyper: float) -> tuple[Floats, ...]:
    return tuple(drawn.octaves(fractions, _SMALLEST)) if hyper == 1 else ()


def _errors_of(
    sign: float, table: Floats, within: tuple[float, float], dense: Floats, far: Floats
) -> Callable[[float], tuple[Batch, ...]]:
    """The batches of one side of a region of errors, at any threshold."""

    def batches(hyper: float) -> tuple[Batch, ...]:
        off_table = [errors(sign * sizes) for sizes in _dense(dense, hyper)]
        if hyper == 1:
            off_table.append(errors(sign * far, _FAR_BASES))
        return errors(sign * _fractions(table, *within, hyper)), *off_table

    return batches


def _both_signs(
    table: Floats, within: tuple[float, float], dense: Floats, far: Floats
) -> Callable[[float], tuple[Side, ...]]:
    positive, negative = (_errors_of(sign, table, within, dense, far) for sign in (1.0, -1.0))

    @_kept
    def sides(hyper: float) -> tuple[Side, ...]:
        above, below = positive(hyper), negative(hyper)
        return Side("positive", above[0], above[1:]), Side("negative", below[0], below[1:])

    return sides


def _one_label(
    label: float, table: Floats, within: tuple[float, float], dense: Floats
) -> Callable[[float], tuple[Side, ...]]:
    @_kept
    def sides(hyper: float) -> tuple[Side, ...]:
        batch = pairs(label, _fractions(table, *within, hyper))
        return (Side("", batch, tuple(pairs(label, each) for each in _dense(dense, hyper))),)

    return sides


@_kept
def _near_dissimilar(margin: float) -> tuple[Side, ...]:
    # What they pay grows with what is left to the margin, and so the groups go by that.
    table = pairs(0.0, _fractions(_INSIDE, 0, 1, margin))
    left = _dense(1 - _DENSE_INSIDE, margin)
    return (Side("", table, tuple(pairs(0.0, 1 - each) for each in left)),)


@_kept
def _beyond_margin(margin: float) -> tuple[Side, ...]:
    # Nothing is paid here, so that no number hides another.
    table = pairs(0.0, _fractions(_BEYOND, 1, 6, margin))
    dense = (pairs(0.0, np.concatenate([_DENSE_BEYOND, _FAR])),) if margin == 1 else ()
    return (Side("", table, dense),)


def _beside(hyper: float) -> Floats:
    """Numbers next to the hyperparameter, on both sides, in a column."""
    return np.array([[hyper * (1 + sign * off)] for off in _CLOSE_BY for sign in (-1, 1)])


def _huber_edges(threshold: float) -> tuple[Edge, ...]:
    at, beside = np.array([[threshold]], dtype=np.float64), _beside(threshold)
    step = np.array([[-1 / 64], [1 / 64]])
    too_high = "exactly at the threshold, with the prediction too high"
    return (
        Edge("exactly at the threshold", errors(at), errors(beside)),
        Edge(too_high, errors(-at), errors(-beside)),
        Edge("where the error is zero", errors(0 * at), errors(step)),
    )


def _contrastive_edges(margin: float) -> tuple[Edge, ...]:
    at, beside = np.array([[margin]], dtype=np.float64), _beside(margin)
    near = margin * np.array([[1 / 64], [1 / 32]])
    return (
        Edge("for dissimilar pairs exactly at the margin", pairs(0.0, at), pairs(0.0, beside)),
        Edge("for similar pairs at the margin", pairs(1.0, at), pairs(1.0, beside)),
        Edge("for similar pairs without any distance", pairs(1.0, 0 * at), pairs(1.0, near)),
        Edge("for dissimilar pairs without any distance", pairs(0.0, 0 * at), pairs(0.0, near)),
    )


HUBER = Formula(
    title="Huber loss",
    hyperparameter="threshold",
    value=oracle.huber,
    gradient=oracle.huber_gradient,
    regions=(
        Region(
            "small_errors",
            "where the error is within the threshold",
            _both_signs(_INSIDE, (0, 1), _DENSE_INSIDE, _FAR_INSIDE),
        ),
        Region(
            "large_errors",
            "where the error is beyond the threshold",
            _both_signs(_BEYOND, (1, 6), np.concatenate([_DENSE_BEYOND, _FAR]), _FAR_BEYOND),
        ),
    ),
    core=frozenset({"small_errors", "large_errors"}),
    edges=_huber_edges,
    probes=((0.75, 0.25), (3.5, 0.5), (0.25, 0.75), (0.5, 3.5)),
    probe_shape=(4, 3),
    zeros=Batch.of([0.5, -1.0, 2.0], [0.5, -1.0, 2.0]),
    # The linear part grows by the threshold with each unit of the error.
    hyper_from=Reading(((64.0, 0.0), (62.0, 0.0)), lambda far, near: (far - near) / 2),
    hypers=HYPERS,
    following=errors(np.array([3.0, -3.5, 4.0, -5.0, 6.5, -8.0])),
    fine=errors(np.concatenate([_FINE, -_FINE])),
    misconceptions=misconceptions.of(Family.HUBER),
    another=misconceptions.another_hyperparameter(Family.HUBER),
)

CONTRASTIVE = Formula(
    title="contrastive loss",
    hyperparameter="margin",
    value=oracle.contrastive,
    gradient=oracle.contrastive_gradient,
    regions=(
        Region(
            "similar_pairs",
            "for similar pairs",
            _one_label(
                1.0,
                _ON_BOTH_SIDES,
                (0, 4),
                np.concatenate([_DENSE_INSIDE, _DENSE_BEYOND, _FAR]),
            ),
        ),
        Region(
            "dissimilar_pairs",
            "for dissimilar pairs nearer than the margin",
            _near_dissimilar,
        ),
        Region(
            "beyond_margin",
            "for dissimilar pairs farther apart than the margin",
            _beyond_margin,
        ),
    ),
    core=frozenset({"similar_pairs", "dissimilar_pairs"}),
    edges=_contrastive_edges,
    probes=((1.0, 0.25), (0.0, 0.25), (1.0, 0.75), (0.0, 2.5)),
    probe_shape=(4,),
    labelled=True,
    zeros=Batch.of([1.0, 0.0, 1.0], [0.0, 0.0, 0.0]),
    # A dissimilar pair without any distance pays the square of the margin.
    hyper_from=Reading(((0.0, 0.0),), lambda value: float(np.sqrt(value))),
    hypers=HYPERS,
    following=pairs(0.0, np.array([0.0625, 0.125, 0.1875, 0.25, 0.3125, 0.375])),
    fine=Batch.joined((pairs(1.0, _FINE), pairs(0.0, _FINE))),
    misconceptions=misconceptions.of(Family.CONTRASTIVE),
    another=misconceptions.another_hyperparameter(Family.CONTRASTIVE),
)

# By what an exercise is about.
FORMULAS: Mapping[str, Formula] = {Family.HUBER: HUBER, Family.CONTRASTIVE: CONTRASTIVE}
