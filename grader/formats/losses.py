"""The points an exercise lost, told once per cause.

One cause may fail several checks: a name that does not exist fails them all. Every view
that is read by people takes the losses from here, so that all of them tell the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from grader.formats import wording
from grader.report import Check, CheckStatus, Exercise, ExerciseStatus, Place

# In these two states every check says the same thing again, so the exercise says it once.
_WHOLE = frozenset({ExerciseStatus.MISSING, ExerciseStatus.BROKEN})


@dataclass(frozen=True)
class Loss:
    """Checks of one exercise that were lost for one and the same reason.

    message: empty if the exercise's own message has said it.
    """

    checks: tuple[Check, ...]
    message: str

    @property
    def points(self) -> float:
        """What they cost together."""
        return sum(wording.lost(check) for check in self.checks)

    @property
    def titles(self) -> str:
        """What they are about."""
        return "; ".join(check.title for check in self.checks)

    @property
    def status(self) -> CheckStatus:
        """What became of all of them."""
        return self.checks[0].status

    @property
    def place(self) -> Place | None:
        """Where in the notebook."""
        return self.checks[0].line

    @property
    def evidence(self) -> tuple[str, ...]:
        """What was asked, got and wanted; empty unless it was asked for."""
        found = self.checks[0].evidence
        return () if isinstance(found, msgspec.UnsetType) else found.lines


def losses(exercise: Exercise) -> tuple[Loss, ...]:
    """What `exercise` lost, in the order of its checks.

    Empty where the exercise is missing or broken and its message says why.
    """
    if exercise.status in _WHOLE and exercise.message:
        return ()
    groups: dict[tuple[CheckStatus, str, Place | None, str], list[Check]] = {}
    for check in exercise.checks:
        if wording.lost(check) > 0:
            # Evidence belongs to one check, which then stands alone.
            alone = "" if isinstance(check.evidence, msgspec.UnsetType) else check.name
            key = (check.status, check.message, check.line, alone)
            groups.setdefault(key, []).append(check)
    return tuple(
        Loss(tuple(checks), "" if message == exercise.message else message)
        for (_, message, _, _), checks in groups.items()
    )
