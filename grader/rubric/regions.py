"""What the checks of both losses share: regions, edges between them, other hyperparameters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.rubric.asking import Batch, Floats, NoAnswer
from grader.rubric.attempt import Attempt
from grader.rubric.differing import differing
from grader.rubric.formulas import close


def check_region(attempt: Attempt, name: str, wrong: str, advice: str) -> None:
    """Fail unless at least one side of the region is right at 1.

    wrong: what is not as it should be; it becomes a sentence with how the values differ.
    """
    if attempt.profile.region_is_right(name):
        return
    for region, side in attempt.formula.sides(1.0, swapped=attempt.profile.swapped):
        if region.name == name:
            answer = attempt.compared(side.batch)
            attempt.fail(
                f"{wrong}: {_told(attempt, side.batch, advice)}",
                side.batch,
                answer.values,
                attempt.expected(side.batch),
            )


def _told(attempt: Attempt, batch: Batch, advice: str, hyper: float = 1.0) -> str:
    """How the values of a batch differ from the right ones, and what may help against it.

    advice: what helps if it is the formula that is wrong.
    """
    try:
        right_alone = all(
            close(*_alone(attempt, batch, row, hyper), attempt.call(batch, hyper).dtype)
            for row in range(len(batch.y_pred))
        )
    except NoAnswer:
        right_alone = False
    if not right_alone:
        return f"your values are {_difference(attempt, batch, hyper)}. {advice}"
    answer = attempt.call(batch, hyper)
    if answer.values.shape != attempt.expected(batch, hyper).shape:
        return (
            f"each value is right alone, but several together, of shape {batch.y_pred.shape}, "
            f"give a result of shape {answer.shape_in_words}. Which step pairs each element with "
            "every other?"
        )
    return (
        "each value is right alone, but not several together. Which step mixes the elements of a "
        "batch?"
    )


def _difference(attempt: Attempt, batch: Batch, hyper: float = 1.0) -> str:
    """How the values of a batch differ from the right ones, row by row where that can be asked."""
    labelled = attempt.formula.labelled
    sizes = np.abs(batch.y_pred if labelled else batch.y_true - batch.y_pred).astype(np.float64)
    noun = "distance" if labelled else "error"
    try:
        pairs = [_alone(attempt, batch, row, hyper) for row in range(len(sizes))]
    except NoAnswer:
        pairs = []
    if not pairs or any(got.size != 1 or want.size != 1 for got, want in pairs):
        whole = attempt.call(batch, hyper).values, attempt.expected(batch, hyper)
        if whole[0].shape != whole[1].shape:
            return "of another shape"
        return differing(*whole, np.resize(sizes, whole[0].shape), noun)
    got, want = (np.array([each[side].item() for each in pairs]) for side in (0, 1))
    return differing(got, want, sizes, noun)


def _alone(attempt: Attempt, batch: Batch, row: int, hyper: float) -> tuple[Floats, Floats]:
    """What one row gives, and what it should."""
    one = Batch(batch.y_true[row : row + 1], batch.y_pred[row : row + 1])
    return attempt.compared(one, hyper).values, attempt.expected(one, hyper)


def check_edges(attempt: Attempt, edges: Sequence[tuple[str, Batch, Batch]]) -> None:
    """Fail unless the loss is right, or at least of a piece with its surroundings, at each edge.

    edges: (where, in words; the point; points next to it). Where the surroundings are
    wrong already, they have cost their points; the edge then only has to lie between them.
    """
    for where, *batches in edges:
        point, around = (attempt.in_its_labels(batch) for batch in batches)
        if attempt.agrees(point):
            continue
        got = attempt.call(point).values
        neighbours = [
            Batch(around.y_true[row : row + 1], around.y_pred[row : row + 1])
            for row in range(len(around.y_pred))
        ]
        if not all(attempt.agrees(neighbour) for neighbour in neighbours):
            values = np.concatenate([attempt.call(each).values.ravel() for each in neighbours])
            slack = 0.1 * np.max(np.abs(values)) + 1e-3
            if np.all((got >= values.min() - slack) & (got <= values.max() + slack)):
                continue
        attempt.fail(
            f"The loss is wrong {where}, though the formula has nothing special there: your value "
            f"is {_difference(attempt, point)}. Check the comparison between your parts and "
            "whether a division or a root can go wrong.",
            point,
            got,
            attempt.expected(point),
        )


def check_hyperparameter(attempt: Attempt, hypers: tuple[float, ...]) -> None:
    """Fail unless the loss follows the hyperparameter wherever it is right at 1.

    A region that is wrong at 1 has cost its points; it is not asked again. If none is
    right, the loss has at least to change with its hyperparameter.
    """
    attempt.require_recognisable()
    name = attempt.formula.hyperparameter
    if not attempt.profile.recognisable or not attempt.profile.right:
        _check_it_matters(attempt, hypers)
        return
    for hyper in hypers:
        if attempt.mixes and attempt.agrees(attempt.right_batch(hyper), hyper):
            continue
        for region, side in attempt.right_sides(hyper):
            if not attempt.agrees(side.batch, hyper):
                answer = attempt.compared(side.batch, hyper)
                want = attempt.expected(side.batch, hyper)
                always_one = close(answer.values, attempt.compared(side.batch, 1.0).values)
                hint = (
                    f"the values do not change with the {name}, but stay those of 1. Is the "
                    f"{name} that was given the one that is used?"
                    if always_one
                    else _told(
                        attempt,
                        side.batch,
                        f"Follow the {name} through your formula: where does it stand, and to "
                        "which power?",
                        hyper,
                    )
                )
                attempt.fail(
                    f"With a {name} {_than_one(hyper)} 1 the loss is wrong {region.title}: {hint}",
                    side.batch,
                    answer.values,
                    want,
                )


def _than_one(hyper: float) -> str:
    return "below" if hyper < 1 else "above"


def _check_it_matters(attempt: Attempt, hypers: tuple[float, ...]) -> None:
    name = attempt.formula.hyperparameter
    for hyper in hypers:
        for _, side in attempt.formula.sides(hyper):
            try:
                if not close(
                    attempt.call(side.batch, hyper).values, attempt.call(side.batch).values
                ):
                    return
            except NoAnswer:
                continue
    attempt.fail(
        f"The values do not change with the {name}. Is the {name} that was given the one that is "
        "used?"
    )
