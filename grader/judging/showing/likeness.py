"""Wrong answers that are wrong in the same way give the same values, whoever wrote them.

Each gets a short hash over its values, rounded so far that two ways to compute one formula in
single precision come to the same. It is keyed with the rubric, whose inputs the values belong to.
"""

from __future__ import annotations

import hashlib
import math

import numpy as np

from grader.judging.rubric_run import rubric_hash
from grader.judging.trying.trials import Trial
from grader.kit.assignment import Assignment
from grader.kit.attempt import Attempt
from grader.kit.interface import Floats, NoAnswer, NotReached

# Steps of half a per cent for large values, of a ten-thousandth for small ones. What people
# choose as inputs gives round values, and the offset keeps those away from the edge of a step.
_FINE, _STEPS, _OFFSET = 64.0, 200.0, 0.381966
_MOST_VALUES, _LARGEST = 4096, 1e30


def values(trial: Trial, assignment: Assignment) -> str:
    """The mark of a wrong answer's values; empty if they are right, or there are none."""
    if trial.perfect or not trial.outcomes:
        return ""
    if trial.attempt is None or (trial.loss is not None and trial.loss.builtin_used):
        return ""
    return of(trial.attempt, assignment)


def of(attempt: Attempt, assignment: Assignment) -> str:
    """The mark of an attempt's values; empty if they are right, or there are none."""
    try:
        parts = _answered(attempt)
    except (NoAnswer, NotReached):
        return ""
    return _mark(parts, rubric_hash(assignment)) if parts else ""


def _answered(attempt: Attempt) -> list[str]:
    """Each answer as text, eagerly; empty if all are right.

    Raises NoAnswer if there is none at all.
    """
    seen = list(attempt.seen())
    if all(each.right for each in seen):
        return []
    return [
        f"none {each.reason}" if each.values is None else _rounded(each.values) for each in seen
    ]


def _rounded(found: Floats) -> str:
    flat = found.reshape(-1)[:_MOST_VALUES]
    held = np.clip(np.nan_to_num(flat), -_LARGEST, _LARGEST)
    steps = np.floor(np.arcsinh(held * _FINE) * _STEPS + _OFFSET).astype(np.int64)
    odd = np.isnan(flat) * 1 + np.isposinf(flat) * 2 + np.isneginf(flat) * 3
    size = math.prod(found.shape)
    return f"values {size} {steps.tolist()} {odd.tolist() if odd.any() else ''}"


def _mark(parts: list[str], key: str) -> str:
    text = "\0".join(parts).encode("utf-8", "replace")
    return hashlib.blake2b(text, key=key.encode(), digest_size=8).hexdigest()
