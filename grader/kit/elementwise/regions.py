"""What the checks of both losses share: regions, edges between them, other hyperparameters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.kit.elementwise.attempt import ElementwiseAttempt
from grader.kit.elementwise.differing import differing
from grader.kit.elementwise.formula import flipped
from grader.kit.interface import PUBLIC_HYPER, Batch, Floats, NoAnswer
from grader.kit.tolerance import close
from grader.worker.wire import Form

_AT_EDGES = "Check the comparison between your parts and whether a division or a root can go wrong."


def check_region(attempt: ElementwiseAttempt, name: str, wrong: str, advice: str) -> None:
    """Fail unless at least one side of the region is right at every hyperparameter.

    wrong: what is not as it should be; it becomes a sentence with how the values differ. advice:
    what to look at if it is the formula that is wrong. Whether the hyperparameter in use is the
    one that was given is another check's business.
    """
    if attempt.region_is_right(name):
        return
    batch, hyper = attempt.wrong_in(name)
    answer = attempt.compared(batch, hyper)
    if hyper != 1:
        noun = attempt.formula.hyperparameter
        wrong = f"With a {noun} {_than_one(hyper)} 1 {wrong[0].lower()}{wrong[1:]}"
        advice = f"Follow the {noun} through this part: where does it stand, and to which power?"
    how, advice = _told(attempt, batch, advice, hyper)
    want = attempt.expected(batch, hyper)
    attempt.fail(f"{wrong}: {how}", batch, answer.values, want, advice)


def _told(
    attempt: ElementwiseAttempt, batch: Batch, advice: str, hyper: float = 1.0
) -> tuple[str, str]:
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
        return f"your values are {_difference(attempt, batch, hyper)}.", advice
    answer = attempt.call(batch, hyper)
    if answer.values.shape != attempt.expected(batch, hyper).shape:
        return (
            f"each value is right alone, but several together, of shape {batch.y_pred.shape}, "
            f"give a result of shape {answer.shape_in_words}. Which step pairs each element with "
            "every other?"
        ), ""
    return (
        "each value is right alone, but not several together. Which step mixes the elements of a "
        "batch?"
    ), ""


def _difference(attempt: ElementwiseAttempt, batch: Batch, hyper: float = 1.0) -> str:
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


def _alone(
    attempt: ElementwiseAttempt, batch: Batch, row: int, hyper: float
) -> tuple[Floats, Floats]:
    """What one row gives, and what it should."""
    one = Batch(batch.y_true[row : row + 1], batch.y_pred[row : row + 1])
    return attempt.compared(one, hyper).values, attempt.expected(one, hyper)


def check_edges(attempt: ElementwiseAttempt) -> None:
    """Fail unless the loss is right exactly at each edge, and next to it on both sides."""
    for hyper, standing in attempt.standings.items():
        if standing.trouble is not None:
            continue
        edges = attempt.edges(hyper)
        if attempt.mixes and attempt.agrees(Batch.joined([edge.batch for edge in edges]), hyper):
            continue
        for edge in edges:
            at, beside = f"wrong {edge.where}", f"right {edge.where}, and wrong just beside that"
            for what, batch in ((at, edge.point), (beside, edge.around)):
                if not attempt.agrees(batch, hyper):
                    how, advice = _told(attempt, batch, _AT_EDGES, hyper)
                    where = "With small and large values in one batch the loss is wrong"
                    if advice:
                        where = f"The loss is {what}, though it is right farther away"
                    attempt.fail(
                        f"{where}: {how}",
                        batch,
                        attempt.compared(batch, hyper).values,
                        attempt.expected(batch, hyper),
                        advice,
                    )


def check_hyperparameter(attempt: ElementwiseAttempt) -> None:
    """Fail unless the values follow the hyperparameter that was given.

    They have to wherever those of the right loss do, whatever else is wrong with them.
    """
    name, low, high = attempt.formula.hyperparameter, 0.5, 2.5
    batch = attempt.formula.following
    if attempt.profile.swapped:
        batch = flipped(batch)
    below, above = (attempt.compared(batch, hyper) for hyper in (low, high))
    if close(below.values, above.values, below.dtype):
        known = _why_unused(attempt.form, name)
        attempt.fail(
            f"The values do not change with the {name}, where they should. {known}".rstrip(),
            batch,
            above.values,
            advice="" if known else f"Is the {name} that was given the one that is used?",
        )


def _why_unused(form: Form | None, name: str) -> str:
    """What the code does with the hyperparameter instead; empty if that can't be seen there."""
    if form is None:
        return ""
    if form.what == "function":
        return f"What is given back knows nothing of the {name}: where is it defined?"
    made = "the object is" if form.what == "class" else "the loss is"
    words = {
        "given anew": (
            f"In line {form.at} of its cell `{form.used}` is given another value, which counts "
            f"from there on. What becomes of the one that {made} made with?"
        ),
        "another read": (
            f"The formula reads `{form.used}`, which stands outside, at the left margin, and is "
            f"the same for all. Where is the {name} that {made} made with?"
        ),
        "not kept": (
            f"`__init__` is given the {name} and keeps none of it in the object, so that the "
            "other methods can't know it."
        ),
        "not read": f"The code takes the {name}, and the formula reads it nowhere.",
    }
    needs_name = form.use in ("given anew", "another read")
    return words.get(form.use, "") if form.used or not needs_name else ""


def check_exactly_as_given(attempt: ElementwiseAttempt) -> None:
    """Fail if another hyperparameter than the given one explains the values, at any of them."""
    name = attempt.formula.hyperparameter
    before: list[float] = [PUBLIC_HYPER]
    for hyper, standing in attempt.standings.items():
        if standing.trouble is not None:
            words = f"Made with a {name} {_than_one(hyper)} 1 it gives no answer. "
            if isinstance(hyper, int):
                words = f"Made with a {name} that is a whole number it gives no answer. "
            trouble = standing.trouble
            raise trouble.said(f"{words}{trouble}")
        if not np.isclose(standing.meant, hyper, rtol=1e-5):
            batch = attempt.right_batch(hyper)
            attempt.fail(
                f"With a {name} {_than_one(hyper)} 1 your values are those of another {name}"
                f"{_which(hyper, standing.meant, before, name)}",
                batch,
                attempt.compared(batch, hyper).values,
                attempt.own_expected(batch, hyper),
            )
        before.append(hyper)


def _which(hyper: float, meant: float, before: Sequence[float], name: str) -> str:
    """How the hyperparameter in use comes from the one that was given, as far as that is plain."""
    known = (
        (hyper**2, f": its square. Which step squares the {name} itself?"),
        (round(hyper), ": a whole number. What makes it one on its way into the formula?"),
        (int(hyper), ": a whole number. What makes it one on its way into the formula?"),
        (hyper / 2, ": its half. Which step halves it on its way into the formula?"),
        (2 * hyper, ": twice as much. Which step doubles it on its way into the formula?"),
    )
    for value, words in known:
        if np.isclose(meant, value, rtol=1e-5):
            return words
    if any(np.isclose(meant, value, rtol=1e-5) for value in before):
        return (
            ", with which a loss was made before. What do you keep a loss by, and does that tell "
            f"every {name} from every other?"
        )
    return f". Is the {name} rounded, limited or replaced on its way into the formula?"


def _than_one(hyper: float) -> str:
    if hyper == 1:
        return "of"
    return "below" if hyper < 1 else "above"
