"""Formulas that people are known to take for the right ones, each with words of advice.

An attempt is compared with them on the same inputs as with the oracle. When exactly one
fits everywhere it is named to the student; no name is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.assignments.custom_losses import oracle
from grader.assignments.custom_losses.exercises import Family
from grader.assignments.custom_losses.oracle import Floats
from grader.kit.elementwise.misconception import ElementFormula, Misconception

# The checks that are about values alone. A misconception that fits all values explains them. Not
# so the checks at the edges: they are made where the rest is right, by the number in force, and so
# they fail for a reason of their own.
EXPLAINED = frozenset(
    [
        *("small_errors", "large_errors", "both_signs", "other_thresholds"),
        *("labels", "similar_pairs", "dissimilar_pairs", "beyond_margin", "other_margins"),
        "scale",
    ]
)


def _huber_parts(
    small: Callable[[Floats, float], Floats], large: Callable[[Floats, float], Floats]
) -> ElementFormula:
    """A loss out of its two parts, each a function of the signed error and the threshold."""

    def formula(y_true: Floats, y_pred: Floats, threshold: float) -> Floats:
        error = y_true - y_pred
        return np.where(
            np.abs(error) <= threshold, small(error, threshold), large(error, threshold)
        )

    return formula


def _quadratic(error: Floats, threshold: float) -> Floats:
    return error**2 / 2


def _linear(error: Floats, threshold: float) -> Floats:
    return threshold * (np.abs(error) - threshold / 2)


def _contrastive_parts(
    similar: Callable[[Floats, float], Floats], dissimilar: Callable[[Floats, float], Floats]
) -> ElementFormula:
    """A loss out of what similar and dissimilar pairs pay, each by distance and margin."""

    def formula(y_true: Floats, y_pred: Floats, margin: float) -> Floats:
        return y_true * similar(y_pred, margin) + (1 - y_true) * dissimilar(y_pred, margin)

    return formula


def _pull(distance: Floats, margin: float) -> Floats:
    return distance**2


def _push(distance: Floats, margin: float) -> Floats:
    return np.maximum(margin - distance, 0) ** 2


_H, _C = Family.HUBER, Family.CONTRASTIVE

MISCONCEPTIONS = (
    Misconception(
        "half-missing",
        _H,
        _huber_parts(lambda a, d: a**2, _linear),
        "Your values are those of a Huber loss without the one half in its quadratic part. "
        "Look at the formula again: what stands in front of the square?",
    ),
    Misconception(
        "half-twice",
        _H,
        _huber_parts(lambda a, d: a**2 / 4, _linear),
        "Your quadratic part is halved twice. Once is enough: is there a half inside the square?",
    ),
    Misconception(
        "not-squared",
        _H,
        _huber_parts(lambda a, d: np.abs(a) / 2, _linear),
        "Small errors are halved but not squared in your loss. What should become of the error?",
    ),
    Misconception(
        "offset-missing",
        _H,
        _huber_parts(_quadratic, lambda a, d: d * np.abs(a)),
        "Your linear part lacks the offset that makes it meet the quadratic part at the threshold.",
    ),
    Misconception(
        "offset-whole",
        _H,
        _huber_parts(_quadratic, lambda a, d: d * (np.abs(a) - d)),
        "The offset of your linear part is twice what it should be: the two parts do not meet at "
        "the threshold.",
    ),
    Misconception(
        "offset-not-scaled",
        _H,
        _huber_parts(_quadratic, lambda a, d: d * np.abs(a) - 0.5),
        "The offset of your linear part does not grow with the threshold as it should; it is right "
        "for one threshold alone.",
    ),
    Misconception(
        "offset-scaled-once",
        _H,
        _huber_parts(_quadratic, lambda a, d: d * np.abs(a) - d / 2),
        "The offset of your linear part grows with the threshold, but not fast enough; work out "
        "where the two parts must meet.",
    ),
    Misconception(
        "slope-missing",
        _H,
        _huber_parts(_quadratic, lambda a, d: np.abs(a) - d / 2),
        "The slope of your linear part does not depend on the threshold. In the formula the "
        "threshold multiplies the whole bracket.",
    ),
    Misconception(
        "quadratic-everywhere",
        _H,
        _huber_parts(_quadratic, _quadratic),
        "Your loss is quadratic everywhere: large errors never reach the linear part. Check the "
        "condition that chooses between the two.",
    ),
    Misconception(
        "linear-everywhere",
        _H,
        _huber_parts(_linear, _linear),
        "Your loss is linear everywhere: small errors never reach the quadratic part. Check the "
        "condition that chooses between the two.",
    ),
    Misconception(
        "branches-swapped",
        _H,
        _huber_parts(_linear, _quadratic),
        "Your two parts are the wrong way round: small errors get the linear part and large ones "
        "the quadratic part.",
    ),
    Misconception(
        "sign-lost-in-condition",
        _H,
        lambda t, p, d: np.where(t - p <= d, (t - p) ** 2 / 2, _linear(t - p, d)),
        "The size of the error decides which part is used, whatever its sign. Your condition "
        "takes every error of one sign for a small one.",
    ),
    Misconception(
        "sign-lost-in-condition",
        _H,
        lambda t, p, d: np.where(p - t <= d, (t - p) ** 2 / 2, _linear(t - p, d)),
        "The size of the error decides which part is used, whatever its sign. Your condition "
        "takes every error of one sign for a small one.",
    ),
    Misconception(
        "sign-lost-in-linear-part",
        _H,
        _huber_parts(_quadratic, lambda a, d: d * (a - d / 2)),
        "The linear part of your loss uses the error with its sign; the formula asks for its size.",
    ),
    Misconception(
        "sign-lost-in-linear-part",
        _H,
        _huber_parts(_quadratic, lambda a, d: d * (-a - d / 2)),
        "The linear part of your loss uses the error with its sign; the formula asks for its size.",
    ),
    Misconception(
        "threshold-always-1",
        _H,
        lambda t, p, d: oracle.huber(t, p, 1.0),
        "Your values are those of a Huber loss whose threshold is always 1. The loss should use "
        "the threshold that was given.",
    ),
    Misconception(
        "halved",
        _H,
        lambda t, p, d: oracle.huber(t, p, d) / 2,
        "All your values are half of what they should be: one half too many multiplies the whole.",
    ),
    Misconception(
        "doubled",
        _H,
        lambda t, p, d: 2 * oracle.huber(t, p, d),
        "All your values are twice what they should be. Which step doubles the whole?",
    ),
    Misconception(
        "doubled",
        _C,
        lambda t, p, m: 2 * oracle.contrastive(t, p, m),
        "All your values are twice what they should be. Which step doubles the whole?",
    ),
    Misconception(
        "margin-always-1",
        _C,
        lambda t, p, m: oracle.contrastive(t, p, 1.0),
        "Your values are those of a contrastive loss whose margin is always 1. The loss should use "
        "the margin that was given.",
    ),
    Misconception(
        "labels-swapped",
        _C,
        lambda t, p, m: oracle.contrastive(1 - t, p, m),
        "The two labels are exchanged in your loss. Here 1 means a similar pair: which of the two "
        "terms should a similar pair pay?",
    ),
    Misconception(
        "paper-convention",
        _C,
        lambda t, p, m: oracle.contrastive(1 - t, p, m) / 2,
        "You followed the original paper, where 0 means similar and both terms are halved. Here 1 "
        "means similar, and there are no halves.",
    ),
    Misconception(
        "halved",
        _C,
        lambda t, p, m: oracle.contrastive(t, p, m) / 2,
        "All your values carry a factor of one half that the formula of this course does not have.",
    ),
    Misconception(
        "max-forgotten",
        _C,
        _contrastive_parts(_pull, lambda dist, m: (m - dist) ** 2),
        "Dissimilar pairs that are already farther apart than the margin still pay in your loss. "
        "They should pay nothing.",
    ),
    Misconception(
        "square-before-max",
        _C,
        _contrastive_parts(_pull, lambda dist, m: np.maximum(m**2 - dist**2, 0)),
        "In the term of the dissimilar pairs you take the square before you subtract. In which "
        "order does the formula have the two?",
    ),
    Misconception(
        "second-term-not-squared",
        _C,
        _contrastive_parts(_pull, lambda dist, m: np.maximum(m - dist, 0)),
        "The term of the dissimilar pairs is not squared in your loss. What does the formula do "
        "with it last?",
    ),
    Misconception(
        "first-term-not-squared",
        _C,
        _contrastive_parts(lambda dist, m: dist, _push),
        "The term of the similar pairs is not squared in your loss. What does the formula do with "
        "their distance?",
    ),
    Misconception(
        "nothing-squared",
        _C,
        _contrastive_parts(lambda dist, m: dist, lambda dist, m: np.maximum(m - dist, 0)),
        "Neither term of your loss is squared. Look at the formula again, at the end of each.",
    ),
    Misconception(
        "distance-squared-twice",
        _C,
        _contrastive_parts(lambda dist, m: dist**4, _push),
        "The distance of similar pairs is squared twice in your loss. y_pred is the distance "
        "itself.",
    ),
    Misconception(
        "distance-taken-as-squared",
        _C,
        _contrastive_parts(
            lambda dist, m: dist, lambda dist, m: np.maximum(m - np.sqrt(dist), 0) ** 2
        ),
        "Your loss takes y_pred for a squared distance. It is the distance itself.",
    ),
    Misconception(
        "similarity-for-distance",
        _C,
        _contrastive_parts(
            lambda dist, m: (1 - dist) ** 2, lambda dist, m: np.maximum(dist - m, 0) ** 2
        ),
        "Your loss takes y_pred for a similarity. It is a distance: small for a similar pair.",
    ),
    Misconception(
        "similarity-for-distance",
        _C,
        _contrastive_parts(
            lambda dist, m: (1 - dist) ** 2, lambda dist, m: np.maximum(m - (1 - dist), 0) ** 2
        ),
        "Your loss takes y_pred for a similarity. It is a distance: small for a similar pair.",
    ),
    # At a margin of 1 the same values, which then say of neither that it is the mistake.
    Misconception(
        "labels-swapped-max-forgotten",
        _C,
        _contrastive_parts(lambda dist, m: (m - dist) ** 2, lambda dist, m: dist**2),
        "The two labels are exchanged in your loss, and pairs that are already farther apart than "
        "the margin still pay. Here 1 means a similar pair.",
    ),
    Misconception(
        "hinge-turned-round",
        _C,
        _contrastive_parts(_pull, lambda dist, m: np.maximum(dist - m, 0) ** 2),
        "Your hinge keeps the wrong side: dissimilar pairs pay for being far apart in your loss, "
        "not for being near. Look at the difference, and at what limits it.",
    ),
    Misconception(
        "one-minus-missing",
        _C,
        lambda t, p, m: t * (p**2 + np.maximum(m - p, 0) ** 2),
        "Both terms of your loss are multiplied by y_true, so dissimilar pairs pay nothing. What "
        "should stand in front of the second term?",
    ),
    Misconception(
        "dissimilar-term-missing",
        _C,
        _contrastive_parts(_pull, lambda dist, m: 0 * dist),
        "Dissimilar pairs pay nothing in your loss, however near they are. What does their term "
        "come to for a small distance?",
    ),
    Misconception(
        "similar-term-missing",
        _C,
        _contrastive_parts(lambda dist, m: 0 * dist, _push),
        "Similar pairs pay nothing in your loss, however far apart they are. What does their term "
        "come to for a large distance?",
    ),
)


_ANOTHER = {
    Family.HUBER: Misconception(
        "another-threshold",
        _H,
        oracle.huber,
        "Your values are those of a Huber loss, but with a fixed threshold of another size. Which "
        "threshold does the exercise ask for, and where does yours come from?",
    ),
    Family.CONTRASTIVE: Misconception(
        "another-margin",
        _C,
        oracle.contrastive,
        "Your values are those of a contrastive loss, but with a fixed margin of another size. "
        "Which margin does the exercise ask for, and where does yours come from?",
    ),
}


def another_hyperparameter(family: Family) -> Misconception:
    """The right formula with a threshold or margin of its own, which no list can hold."""
    return _ANOTHER[family]


def of(family: Family) -> tuple[Misconception, ...]:
    """The misconceptions about one of the two losses."""
    return tuple(known for known in MISCONCEPTIONS if known.topic == family)
