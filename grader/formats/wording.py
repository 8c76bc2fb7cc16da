"""The few phrases that every view of a report shares."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from grader.class_results import Summary, Taken
from grader.isolation import Tier
from grader.report import Check, CheckStatus, Environment, Exercise, ExerciseStatus, Place

# What a roster knows, and no file.
ABSENT = "in the roster, and nothing handed in"
EXERCISE_STATUS = {
    ExerciseStatus.PASSED: "right",
    ExerciseStatus.PARTIAL: "partly right",
    ExerciseStatus.FAILED: "not right yet",
    ExerciseStatus.MISSING: "missing",
    ExerciseStatus.BROKEN: "can't be run",
}

CHECK_STATUS = {
    CheckStatus.PASSED: "passed",
    CheckStatus.FAILED: "failed",
    CheckStatus.ERROR: "an error was raised",
    CheckStatus.TIMEOUT: "ran too long",
    CheckStatus.CRASHED: "the process died",
    CheckStatus.SKIPPED: "not run",
}


@lru_cache(maxsize=4096)
def points(value: float | None) -> str:
    """`15`, `87.5`, `2.25`: two decimals at most, and rounded down: 99.999 is not 100."""
    if value is None:
        return "-"
    # The small number undoes what adding up thirds and tenths in binary has cost.
    return f"{math.floor(value * 100 + 1e-6) / 100:.2f}".rstrip("0").rstrip(".")


def signed(difference: float) -> str:
    """`+2`, `-5.88`: two decimals at most, and rounded as people do."""
    # Half of a cent goes up; binary would keep the even one.
    cents = math.floor(abs(difference) * 100 + 0.5 + 1e-6)
    return f"{'-' if difference < 0 else '+'}{points(cents / 100)}"


def between(before: float, after: float) -> float:
    """The difference of two scores as they are shown, so that whoever adds it up is right."""
    low, high = (math.floor(score * 100 + 1e-6) for score in (before, after))
    return (high - low) / 100


def counted(number: float, singular: str, plural: str = "") -> str:
    """`1 point`, `2.5 points`."""
    return f"{points(number)} {singular if number == 1 else plural or singular + 's'}"


def place(spot: Place | None) -> str:
    """`cell 4, line 6`, or nothing."""
    return "" if spot is None else f"cell {spot.cell}, line {spot.line}"


def broken_at(exercise: Exercise) -> str:
    """Where something that can't be run stands, unless its message begins with that."""
    spot = next((check.line for check in exercise.checks if check.line is not None), None)
    said = spot is not None and exercise.message.lower().startswith(f"cell {spot.cell}")
    return "" if exercise.status is not ExerciseStatus.BROKEN or said else place(spot)


def slip(exercise: Exercise) -> str:
    """The one edit between an exercise and full points, with its place; or nothing."""
    known = exercise.slip
    if known is None:
        return ""
    return f"{place(Place(known.place.cell, known.place.line))}: {known.text}"


def cells(numbers: Iterable[int]) -> str:
    """`cell 4`, `cells 4 and 6`, `cells 1, 4 and 6`, or nothing."""
    names = [str(number) for number in numbers]
    if len(names) < 2:
        return f"cell {names[0]}" if names else ""
    return f"cells {', '.join(names[:-1])} and {names[-1]}"


def taken(summary: Summary) -> str:
    """How a class was read: what is somebody's, and what is nobody's."""
    return read_as(summary.layout, summary.total, summary.taken)


def read_as(layout: str, total: int, found: Taken) -> str:
    """The same, of a class of which nothing is published."""
    told = (
        f"read as {layout}: {counted(total, 'hand-in')},"
        f" {counted(found.notebooks, 'notebook')}; left out: {counted(found.left, 'file')}"
    )
    if found.left_notebooks:
        told += f", {counted(found.left_notebooks, 'notebook')} among them"
    return told


def lost(result: Check | Exercise) -> float:
    """The points that a check or an exercise cost."""
    return result.max_score - result.score


def versions(found: Environment) -> str:
    """What the grade was made with, on one line."""
    return (
        f"grader {found.grader}, Python {found.python}, TensorFlow {found.tensorflow},"
        f" Keras {found.keras}"
    )


def environment(found: Environment) -> str:
    """The same, and the isolation that was in force."""
    return f"{versions(found)}, isolation: {found.isolation}"


def warning(found: Environment) -> str:
    """What an instructor must know of the isolation that was in force; empty if it is strong."""
    if found.isolation != Tier.PROCESS:
        return ""
    return (
        "weak isolation: in the tier `process` students' code can read files of whoever grades,"
        " and use the network. `grader doctor` says what keeps the stronger ones from working here"
    )
