"""What a submission may take in all, against what its parts may take."""

from __future__ import annotations

from grader.assignments.custom_losses.exercises import EXERCISES
from grader.judging.trying.time_limits import (
    CALLING,
    DEFINING,
    MAX_LOSSES,
    OPENING,
    SUBMISSION_SECONDS,
    TRAINING,
    Budget,
)


def test_the_budget_outlasts_all_other_exercises_asleep() -> None:
    """However five exercises use up their time, the sixth, which is right, is still tried."""
    others = len(EXERCISES) - 1
    # Tried together until the first one is stopped, then each alone.
    calling = CALLING.wall_seconds * (1 + MAX_LOSSES * others)
    training = TRAINING.wall_seconds * (1 + others)
    defining = DEFINING.wall_seconds * (1 + others)
    right_answer = 30
    assert max(calling, training, defining) + right_answer < SUBMISSION_SECONDS
    assert OPENING.wall_seconds < SUBMISSION_SECONDS


def test_a_budget_is_spent_by_the_judges_clock() -> None:
    """Nothing that a child does can stop it."""
    now = [100.0]
    budget = Budget(10, lambda: now[0])
    assert not budget.spent
    now[0] = 109.9
    assert not budget.spent
    now[0] = 110.0
    assert budget.spent
