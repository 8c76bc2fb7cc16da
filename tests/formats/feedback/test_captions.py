"""What a picture shows, in words: exact about where, careful about how."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader.assignments.custom_losses import oracle
from grader.assignments.custom_losses.exercises import BY_NAME
from grader.assignments.custom_losses.oracle import Floats
from grader.authoring.mutation.numpy_loss import Formula
from grader.formats.feedback import captions as feedback_words
from grader.formats.feedback import plots as feedback_plots
from grader.kit.pictures import Curve, Distances, ExercisePictures, Line, Training
from tests.formats.handed_in import drawn


def huber(large: Callable[[Floats], Floats]) -> Callable[[Floats, Floats, float], Floats]:
    """A Huber loss with another part for large errors."""

    def formula(y_true: Floats, y_pred: Floats, threshold: float) -> Floats:
        error = y_true - y_pred
        return np.where(np.abs(error) <= threshold, error**2 / 2, large(np.abs(error)))

    return formula


# What was written, what its curve does, and what is said of it.
HUBER = {
    "right": (oracle.huber, "Your curve lies on the right one everywhere in this picture."),
    "a square": (
        huber(lambda a: a**2 / 2),
        (
            "Your curve follows the right one for errors up to 1 in size, and runs above the right"
            " one beyond that, and keeps growing as a square."
        ),
    ),
    "flat": (
        huber(np.ones_like),
        (
            "Your curve runs below the right one for errors below -1.5, and stays flat at the end;"
            " runs above the right one for errors from -1.5 to -1; follows the right one for errors"
            " from -1 to 1; runs above the right one for errors from 1 to 1.5; runs below the right"
            " one for errors above 1.5, and stays flat at the end."
        ),
    ),
    "too steep": (
        huber(lambda a: 3 * a),
        (
            "Your curve follows the right one for errors up to 1 in size, and runs above the right"
            " one beyond that, and is a straight line at the end."
        ),
    ),
    "right on one side alone": (
        lambda t, p, d: np.where(t - p <= d, (t - p) ** 2 / 2, d * (t - p - d / 2)),
        (
            "Your curve runs above the right one for errors below -1, and keeps growing as a"
            " square; follows the right one for errors above -1."
        ),
    ),
    "half missing": (
        lambda t, p, d: np.where(np.abs(t - p) <= d, (t - p) ** 2, oracle.huber(t, p, d)),
        (
            "Your curve runs above the right one for errors up to 1 in size, and follows the right"
            " one beyond that."
        ),
    ),
    "wrong exactly at the threshold": (
        lambda t, p, d: oracle.huber(t, p, d) + (np.abs(t - p) == d),
        (
            "Your curve follows the right one for errors below -1; runs above the right one for"
            " errors of -1; follows the right one for errors from -1 to 1; runs above the right one"
            " for errors of 1; follows the right one for errors above 1."
        ),
    ),
    "crosses": (
        lambda t, p, d: np.abs(t - p) ** 3,
        (
            "Your curve runs below the right one for errors up to 0.5 in size, and runs above the"
            " right one beyond that."
        ),
    ),
    "always too much": (
        lambda t, p, d: oracle.huber(t, p, d) + 1,
        "Your curve runs above the right one everywhere, and is a straight line at the end.",
    ),
    "too small but at zero": (
        lambda t, p, d: oracle.huber(t, p, d) / 2,
        (
            "Your curve runs below the right one, and meets it only near 0, and is a straight line"
            " at the end."
        ),
    ),
    "off by less than the eye sees": (
        lambda t, p, d: oracle.huber(t, p, d) * 1.0009,
        "Your curve lies so near the right one that this picture shows no difference.",
    ),
    "up and down": (
        lambda t, p, d: oracle.huber(t, p, d) + np.sin(9 * (t - p)),
        "Your curve lies partly on, partly off the right one, in turns.",
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
        "With margin 1.5 both of your curves lie on the right ones everywhere in this picture.",
        "With margin 1.5 both of your slopes lie on the right ones everywhere in this picture.",
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
            "With margin 1.5 your curve of similar pairs follows the right one everywhere. Your"
            " curve of dissimilar pairs follows the right one for distances up to 1.5; runs above"
            " the right one for distances beyond 1.5."
        ),
        (
            "With margin 1.5 your slope of similar pairs follows the right one everywhere. Your"
            " slope of dissimilar pairs follows the right one for distances up to 1.5; differs from"
            " the right one for distances beyond 1.5."
        ),
    ),
    "margin always 1": (
        lambda t, p, m: oracle.contrastive(t, p, 1.0),
        (
            "With margin 1.5 your curve of similar pairs follows the right one everywhere. Your"
            " curve of dissimilar pairs runs below the right one for distances up to 1.5; follows"
            " the right one for distances beyond 1.5."
        ),
        (
            "With margin 1.5 your slope of similar pairs follows the right one everywhere. Your"
            " slope of dissimilar pairs differs from the right one for distances up to 1.5; follows"
            " the right one for distances beyond 1.5."
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


EVERY_CURVE = [("my_huber_loss", formula) for formula, *_ in HUBER.values()] + [
    ("ContrastiveLoss", formula) for formula, *_ in CONTRASTIVE.values()
]


@pytest.mark.parametrize(("name", "formula"), EVERY_CURVE)
def test_everywhere_is_said_only_where_it_is_so(name: str, formula: Formula) -> None:
    """Of a right curve at each of its points, or of one that is wrong at each of them."""
    pictures = drawn(name, formula)
    right = feedback_words.all_right(pictures.losses)
    said = feedback_words.losses(pictures)
    assert ("everywhere in this picture" in said or "no difference" in said) == right
    if "above the right one everywhere" in said:
        assert all(
            y > z for one in pictures.losses for y, z in zip(one.yours, one.right, strict=True)
        )


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
    "the line": (
        Line(1.999, -1.001),
        "The model finds the line y = 2x - 1; the points lie on y = 2x - 1.",
    ),
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
            assert len(plot.seen) < 500


SCALES = [1e-20, 3e-4, 0.07, 1.0, 1.9, 22.0, 19999.0, 1e29]


@pytest.mark.parametrize("scale", SCALES)
def test_each_axis_has_two_labels_and_each_training_a_name(scale: float) -> None:
    """One number alone gives no scale; and no label is wider than the room it has."""
    spec = BY_NAME["my_huber_loss"]
    xs = (-2.0, -1.0, 0.0, 1.0, 2.0)
    curve = Curve("", xs, tuple(scale * abs(x) for x in xs), tuple(scale * x * x for x in xs))
    training = Training((scale, scale / 2, scale / 3), Line(2.0, -1.0))
    pictures = ExercisePictures(spec, 1.0, (curve,), (curve,), training)
    found = feedback_plots.plots(pictures)
    assert [plot.y_label for plot in found] == ["loss", "slope", "loss", "y"]
    for plot in found:
        assert len(plot.x_ticks) >= 2
        assert len(plot.y_ticks) >= 2
        assert len({tick.label for tick in plot.y_ticks}) == len(plot.y_ticks)
        assert all(len(tick.label) <= 7 for tick in (*plot.x_ticks, *plot.y_ticks))


def test_a_picture_knows_whether_it_shows_the_mistake() -> None:
    """The page puts that one beside the words."""
    shown = feedback_plots.plots(drawn("my_huber_loss", lambda t, p, d: np.abs(t - p)))
    assert shown[0].telling
    assert not any(plot.telling for plot in feedback_plots.plots(drawn("my_huber_loss")))


def test_a_curve_far_away_leaves_the_right_one_readable() -> None:
    """The right curve keeps at least a quarter of the picture's height."""
    plot = feedback_plots.plots(drawn("my_huber_loss", lambda t, p, d: 1000 * (t - p) ** 2))[0]
    heights = [float(pair.split()[1]) for pair in plot.traces[0].path[1:].split("L")]
    assert max(heights) - min(heights) > feedback_plots.INNER_HEIGHT / 4
