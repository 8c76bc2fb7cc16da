"""Who wrote what, kept as counts: rates are about those who wrote an exercise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from grader.report import Exercise, ExerciseStatus


def is_written(exercise: Exercise) -> bool:
    """Whether there is something that could be right or wrong.

    Under another name than was asked for it is missing, and yet somebody wrote it: it may keep
    points, and what would mend it is known.
    """
    if exercise.unwritten:
        return False
    found = exercise.status is not ExerciseStatus.MISSING
    return found or exercise.slip is not None or exercise.score > 0


@dataclass
class Writers:
    """How many hand-ins have written exercises: one count for each set of exercises."""

    _sets: Counter[frozenset[str]] = field(default_factory=Counter)

    def add(self, names: Iterable[str]) -> None:
        """One hand-in, with the exercises that it has written."""
        self._sets[frozenset(names)] += 1

    def any_of(self, names: Iterable[str]) -> int:
        """How many wrote any of these exercises."""
        asked = frozenset(names)
        return sum(count for written, count in self._sets.items() if written & asked)
