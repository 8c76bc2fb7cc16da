"""How one check goes over a class, kept in a few sums: no list of students is needed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from grader.class_results import CheckCount
from grader.report import Check, CheckStatus

# Of fewer than these no correlation says anything.
_FEWEST = 8


@dataclass
class CheckTally:
    """One check, counted over all who wrote the exercise.

    The discrimination is the correlation between passing the check and the rest of the score.
    """

    place: int
    title: str
    max_score: float
    passed: int = 0
    failed: int = 0
    total: int = 0
    _rest: float = 0.0
    _squares: float = 0.0
    _rest_of_passed: float = 0.0

    def add(self, check: Check, score: float) -> bool:
        """Count the check of a hand-in with this score, and say whether it failed.

        Where something before it settled it, that has failed, and not this.
        """
        rest = score - check.score
        self.total += 1
        self._rest += rest
        self._squares += rest * rest
        if check.status is CheckStatus.PASSED:
            self.passed += 1
            self._rest_of_passed += rest
            return False
        if check.status is CheckStatus.SKIPPED:
            return False
        self.failed += 1
        return True

    def counted(self, name: str) -> CheckCount:
        """What came out."""
        return CheckCount(
            name=name,
            title=self.title,
            passed=self.passed,
            total=self.total,
            max_score=self.max_score,
            failed=self.failed,
            place=self.place,
            discrimination=self._discrimination(),
        )

    def _discrimination(self) -> float | None:
        count, passed = self.total, self.passed
        spread = (count * self._squares - self._rest**2) * (count * passed - passed**2)
        if count < _FEWEST or spread <= 1e-9:
            return None
        together = count * self._rest_of_passed - self._rest * passed
        return round(max(-1.0, min(1.0, together / math.sqrt(spread))), 2)
