"""Checks of what the contrastive loss is: who pays what, at which distance."""

from __future__ import annotations

import pytest

from grader.kit.elementwise.attempt import ElementwiseAttempt
from grader.kit.elementwise.regions import check_edges, check_hyperparameter, check_region

pytestmark = pytest.mark.part("formula")


@pytest.mark.points(contrastive_loss=2, contrastive_loss_with_margin=1.25, ContrastiveLoss=1.25)
def test_similar_pairs(attempt: ElementwiseAttempt) -> None:
    """similar pairs pay the square of their distance"""
    check_region(
        attempt,
        "similar_pairs",
        "Similar pairs do not pay what they should",
        "Compare the term that y_true multiplies with the formula; y_pred is the distance of the "
        "pair.",
    )


@pytest.mark.points(contrastive_loss=2, contrastive_loss_with_margin=1.25, ContrastiveLoss=1.25)
def test_dissimilar_pairs(attempt: ElementwiseAttempt) -> None:
    """dissimilar pairs pay for being nearer than the margin"""
    check_region(
        attempt,
        "dissimilar_pairs",
        "Dissimilar pairs nearer than the margin do not pay what they should",
        "Compare the term that 1 - y_true multiplies with the formula: what is subtracted from "
        "what, and is the result squared?",
    )


@pytest.mark.needs("dissimilar_pairs")
@pytest.mark.points(contrastive_loss=0.75, contrastive_loss_with_margin=0.5, ContrastiveLoss=0.5)
def test_beyond_margin(attempt: ElementwiseAttempt) -> None:
    """dissimilar pairs beyond the margin pay nothing"""
    check_region(
        attempt,
        "beyond_margin",
        "Dissimilar pairs that are farther apart than the margin should cost nothing",
        "What becomes of a difference that goes below zero?",
    )


@pytest.mark.needs(some_of="formula")
@pytest.mark.points(contrastive_loss=0.5, contrastive_loss_with_margin=0.5, ContrastiveLoss=0.5)
def test_labels(attempt: ElementwiseAttempt) -> None:
    """a label of 1 means a similar pair"""
    sides = {(region.name, side.name) for region, side in attempt.formula.sides(1.0)}
    if attempt.profile.swapped and attempt.profile.right < sides:
        attempt.fail(
            "Similar pairs pay what dissimilar ones should, and the other way round. Either the "
            "two labels are exchanged (1 means a similar pair), or y_pred is taken for a "
            "similarity: it is a distance, and small for a similar pair."
        )
    if attempt.profile.swapped:
        attempt.fail(
            "The labels are the wrong way round: here 1 means a similar pair and 0 a dissimilar "
            "one. Your loss treats them the other way. Look at which term y_true multiplies."
        )


@pytest.mark.needs("similar_pairs", "dissimilar_pairs", "beyond_margin", "labels")
@pytest.mark.points(contrastive_loss=0.75, contrastive_loss_with_margin=0.5, ContrastiveLoss=0.5)
def test_margin_and_zero(attempt: ElementwiseAttempt) -> None:
    """right at the margin and at a distance of zero"""
    check_edges(attempt)


@pytest.mark.part("hyperparameter")
@pytest.mark.needs(some_of="formula")
@pytest.mark.points(contrastive_loss_with_margin=2.5, ContrastiveLoss=2)
def test_other_margins(attempt: ElementwiseAttempt) -> None:
    """the margin that was given is the one that counts"""
    check_hyperparameter(attempt)
