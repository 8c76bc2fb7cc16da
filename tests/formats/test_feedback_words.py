"""What a picture shows, in words: exact about where, careful about how."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader.formats import feedback_plots, feedback_words
from grader.judging.pictures import Curve, Distances, ExercisePictures, Line, Training
from grader.rubric import oracle
from grader.rubric.exercises import BY_NAME
from grader.rubric.oracle import Floats
from tests.formats.handed_in import drawn
from tests.rubric.numpy_loss import Formula


def huber(large: Callable[[Floats], Floats]) -> Callable[[Floats, Floats, float], Floats]:
    """A Huber loss with another part for large errors."""

    def formula(y_true: Floats, y_pred: Floats, threshold: float) -> Floats:
        error = y_true - y_pred
        return np.where(np.abs(error) <= threshold, error**2 / 2, large(np.abs(error)))

    return formula


HUBER = {
    "right": (oracle.huber, "Your curve lies on the right one everywhere."),
    "a square": (
        huber(lambda a: a**2 / 2),
        (
            "Your curve follows the right one for errors up to 1 in size and then runs above the"
            " right one, and keeps growing as a square."
        ),
    ),
    "flat": (
        huber(np.ones_like),
        (
            "Your curve follows the right one for errors up to 1 in size and then runs partly"
            " above, partly below the right one, and stays flat at the end."
        ),
    ),
    "too steep": (
        huber(lambda a: 3 * a),
        (
            "Your curve follows the right one for errors up to 1 in size and then runs above the"
            " right one, and is a straight line at the end."
        ),
    ),
    "sign lost": (
        lambda t, p, d: np.where(t - p <= d, (t - p) ** 2 / 2, d * (t - p - d / 2)),
        (
            "Your curve follows the right one for errors up to 1 in size and then runs above the"
            " right one."
        ),
    ),
    "small errors wrong": (
        lambda t, p, d: oracle.huber(t, p, d) + 0.5 * (np.abs(t - p) <= d),
        (
            "Your curve follows the right one for errors below -1; runs above the right one for"
            " errors up to 1 in size; follows the right one for errors above 1."
        ),
    ),
    "half missing": (
        lambda t, p, d: np.where(np.abs(t - p) <= d, (t - p) ** 2, oracle.huber(t, p, d)),
        (
            "Your curve follows the right one for errors below -1; runs above the right one for"
            " errors up to 1 in size; follows the right one for errors above 1."
        ),
    ),
    "always too much": (
        lambda t, p, d: oracle.huber(t, p, d) + 1,
        "Your curve runs above the right one everywhere, and is a straight line at the end.",
    ),
    "no number": (
        lambda t, p, d: np.full(t.shape, np.nan),
        "Your curve has no value that is a number.",
    ),
}


@pytest.mark.parametrize(("formula", "words"), HUBER.values(), ids=HUBER)
def test_a_curve_over_the_error(formula: Formula, words: str) -> None:
    """Where it leaves the right one, on which side, and how it goes on."""
    assert feedback_words.losses(drawn("my_huber_loss", formula)) == words


CONTRASTIVE = {
    "right": (
        oracle.contrastive,
        "Both of your curves lie on the right ones everywhere.",
        "Both of your slopes lie on the right ones everywhere.",
    ),
    "labels swapped": (
        lambda t, p, m: oracle.contrastive(1 - t, p, m),
        (
            "Your two curves are exchanged: that of similar pairs is the right one for dissimilar"
            " pairs, and the other way round."
        ),
        (
            "Your two slopes are exchanged: that of similar pairs is the right one for dissimilar"
            " pairs, and the other way round."
        ),
    ),
    "max forgotten": (
        lambda t, p, m: t * p**2 + (1 - t) * (m - p) ** 2,
        (
            "Your curve of similar pairs lies on the right one everywhere. Your curve of dissimilar"
            " pairs follows the right one for distances up to 1.5 and then runs above the right"
            " one."
        ),
        (
            "Your slope of similar pairs lies on the right one everywhere. Your slope of dissimilar"
            " pairs follows the right one for distances up to 1.5 and then differs from the right"
            " one."
        ),
    ),
}


@pytest.mark.parametrize(("formula", "curves", "slopes"), CONTRASTIVE.values(), ids=CONTRASTIVE)
def test_two_curves_over_the_distance(formula: Formula, curves: str, slopes: str) -> None:
    """Similar and dissimilar pairs each have their own."""
    pictures = drawn(
        "contrastive_loss_with_margin", lambda t, p, m: np.asarray(np.mean(formula(t, p, m)))
    )
    assert feedback_words.losses(pictures) == curves
    assert feedback_words.slopes(pictures) == slopes


TRAININGS = {
    "falling": ((8.0, 3.0, 0.001), "The loss falls from 8 to nearly 0 in 3 steps."),
    "growing": ((1.0, 2.0), "The loss grows from 1 to 2 in 2 steps."),
    "standing": ((2.0, 2.0), "The loss hardly changes: from 2 to 2 in 2 steps."),
    "vast": ((1.0, 1e30), "The loss grows from 1 to more than a million in 2 steps."),
    "no number": ((1.0, float("nan")), "The loss of this training is no number."),
    "none": ((), "The loss of this training is no number."),
}


@pytest.mark.parametrize(("steps", "words"), TRAININGS.values(), ids=TRAININGS)
def test_a_training(steps: tuple[float, ...], words: str) -> None:
    """From its first step to its last."""
    assert feedback_words.training(Training(steps, Line(2, -1))) == words


LEARNED = {
    "the line": (Line(1.999, -1.001), "The model finds the line y = 2x - 1, as it should."),
    "another line": (
        Line(0.5, 3.25),
        "The model ends at the line y = 0.5x + 3.25; the points lie on y = 2x - 1.",
    ),
    "no line": (Line(float("inf"), 0), "The line it learned has no finite weights."),
    "apart": (
        Distances((0.1, 0.2), (1.0, 1.5)),
        (
            "The trained network tells all pairs apart: similar pairs lie 0.1 to 0.2 apart,"
            " dissimilar ones 1 to 1.5."
        ),
    ),
    "overlapping": (
        Distances((0.1, 0.6), (0.5, 1.5)),
        (
            "Similar pairs are mostly nearer, but the two groups overlap: similar pairs lie 0.1 to"
            " 0.6 apart, dissimilar ones 0.5 to 1.5."
        ),
    ),
    "the wrong way": (
        Distances((1.0, 2.0), (0.5, 0.5)),
        (
            "Similar pairs are not nearer than dissimilar ones: similar pairs lie 1 to 2 apart,"
            " dissimilar ones 0.5 to 0.5."
        ),
    ),
    "no distances": (
        Distances((float("nan"),), (0.5,)),
        "The trained network gives distances that are no numbers.",
    ),
}


@pytest.mark.parametrize(("what", "words"), LEARNED.values(), ids=LEARNED)
def test_what_was_learned(what: Line | Distances, words: str) -> None:
    """With the numbers it came to."""
    assert feedback_words.learned(what) == words


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1e308, 1e308, 1e31, -1e29, 0.0])
def test_any_number_can_be_drawn(value: float) -> None:
    """What a child sends back may be any number: it never breaks a page."""
    spec = BY_NAME["my_huber_loss"]
    curve = Curve(
        "", (-2.0, -1.0, 0.0, 1.0, 2.0), (value, -value, 0.5, value, 0), (1.5, 0.5, 0, 0.5, 1.5)
    )
    for learned in (Line(value, -value), Distances((value, 0.5), (1.0, value))):
        pictures = ExercisePictures(
            spec, 1.0, (curve,), (curve,), Training((value, 1.0, -value), learned)
        )
        for plot in feedback_plots.plots(pictures):
            assert "nan" not in repr(plot.traces)
            assert "inf" not in repr(plot.traces)
            assert len(plot.seen) < 300


def test_a_curve_far_away_leaves_the_right_one_readable() -> None:
    """The right curve keeps at least a quarter of the picture's height."""
    plot = feedback_plots.plots(drawn("my_huber_loss", lambda t, p, d: 1000 * (t - p) ** 2))[0]
    heights = [float(pair.split()[1]) for pair in plot.traces[0].path[1:].split("L")]
    assert max(heights) - min(heights) > feedback_plots.INNER_HEIGHT / 4
