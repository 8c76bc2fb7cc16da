"""The points an exercise lost, told once per cause.

One cause may fail several checks: a name that does not exist fails them all, and so does a
misconception that was recognised, whose words then stand for those of all checks that are
about values. A check that was not run is the consequence of another one: these come last, as
one. Every view that is read by people takes the losses from here, so that all of them tell
the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from grader.formats import wording
from grader.report import Check, CheckStatus, Exercise, ExerciseStatus, Place
from grader.words import counting_together

# In these two states every check says the same thing again, so the exercise says it once.
_WHOLE = frozenset({ExerciseStatus.MISSING, ExerciseStatus.BROKEN})
# The titles of more checks than these are a list to look at, and no heading.
_FEW = 3
# What became of these goes without saying.
_PLAIN = frozenset({CheckStatus.FAILED, CheckStatus.PASSED})


@dataclass(frozen=True)
class Loss:
    """Checks of one exercise that were lost for one and the same reason.

    message: empty if the exercise's own message has said it. diagnosed: whether the message
    is the diagnosis of the exercise, which explains all of these checks. placed: whether the slip
    of the exercise says where it is; of wrong values a check knows no more than the definition.
    """

    checks: tuple[Check, ...]
    message: str
    diagnosed: bool = False
    placed: bool = False

    @property
    def points(self) -> float:
        """What they cost together."""
        return sum(wording.lost(check) for check in self.checks)

    @property
    def consequence(self) -> bool:
        """Whether they were lost only because something else was."""
        return self.status is CheckStatus.SKIPPED

    @property
    def several(self) -> bool:
        """Whether they are too many to be named one after the other."""
        return len(self.checks) > _FEW

    @property
    def heading(self) -> str:
        """What they are about, or how many they are, and what became of them."""
        count = wording.counted(len(self.checks), "check")
        if self.consequence:
            what = count if self.several else self._titles
            return f"{what} (not run)"
        told = f"{count}, for one reason" if self.several else self._titles
        return told if self.status in _PLAIN else f"{told} ({wording.CHECK_STATUS[self.status]})"

    @property
    def _titles(self) -> str:
        return "; ".join(check.title for check in self.checks)

    @property
    def status(self) -> CheckStatus:
        """What became of all of them."""
        return self.checks[0].status

    @property
    def place(self) -> Place | None:
        """Where in the notebook; a consequence is nowhere, and wrong values are where a slip is."""
        elsewhere = self.placed and self.status is CheckStatus.FAILED
        return None if self.consequence or elsewhere else self.checks[0].line

    @property
    def evidence(self) -> tuple[str, ...]:
        """What was asked, got and wanted; empty unless it was asked for."""
        found = self.checks[0].evidence
        return () if isinstance(found, msgspec.UnsetType) else found.lines


def losses(exercise: Exercise) -> tuple[Loss, ...]:
    """What `exercise` lost, in the order of its checks; those that were not run are the last.

    Empty where the exercise is missing or broken and its message says why.
    """
    if exercise.status in _WHOLE and exercise.message:
        return ()
    groups: dict[tuple[CheckStatus, str, Place | None, str], list[Check]] = {}
    skipped: list[Check] = []
    diagnosed: set[str] = set()
    for check in exercise.checks:
        if wording.lost(check) <= 0:
            continue
        if check.status is CheckStatus.SKIPPED:
            skipped.append(check)
            continue
        message = check.message
        known = exercise.diagnosis
        if known and check.status is CheckStatus.FAILED and check.name in known.explains:
            message = known.text
            diagnosed.add(message)
        # Evidence belongs to one check, which then stands alone.
        alone = "" if isinstance(check.evidence, msgspec.UnsetType) else check.name
        groups.setdefault((check.status, message, check.line, alone), []).append(check)
    found, told = [], {exercise.message}
    for (_, message, _, _), checks in groups.items():
        said = "" if message in told else message
        found.append(Loss(tuple(checks), said, message in diagnosed, exercise.slip is not None))
        told |= {message} & diagnosed
    if skipped:
        waiting = [check.message for check in skipped if check.message not in told]
        found.append(Loss(tuple(skipped), counting_together(waiting)))
    return tuple(found)


def untold(exercise: Exercise) -> str:
    """The diagnosis, where none of the losses tells it; empty otherwise."""
    if exercise.diagnosis is None or any(loss.diagnosed for loss in losses(exercise)):
        return ""
    return exercise.diagnosis.text
