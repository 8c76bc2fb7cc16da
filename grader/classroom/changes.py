"""What a regrade changes: whose score, by how much, and because of which check."""

from __future__ import annotations

from dataclasses import dataclass

from grader.report import CheckStatus, Exercise, Report, Status


@dataclass(frozen=True)
class Change:
    """One student's result before and after.

    before, after: the scores; None where there is none. because: a line per difference,
    such as "my_huber_loss: large_errors passed -> failed (-3)".
    """

    student: str
    before: float | None
    after: float | None
    because: tuple[str, ...]

    @property
    def by(self) -> float | None:
        """The difference of the scores."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def between(old: Report, new: Report) -> Change | None:
    """What changed from `old` to `new`; None if the score and every check stayed the same."""
    because: list[str] = []
    if old.status is not new.status:
        because.append(f"{_words(old.status)} -> {_words(new.status)}")
    if old.submission.sha256 != new.submission.sha256:
        because.append("another file was handed in")
    before = {exercise.name: exercise for exercise in old.exercises}
    after = {exercise.name: exercise for exercise in new.exercises}
    if Status.GRADED in {old.status, new.status}:
        for name in (*after, *(name for name in before if name not in after)):
            because += _in_exercise(name, before.get(name), after.get(name))
    if old.score == new.score and not because:
        return None
    return Change(new.student or "", old.score, new.score, tuple(because))


def _in_exercise(name: str, old: Exercise | None, new: Exercise | None) -> list[str]:
    before = {check.name: check for check in old.checks} if old else {}
    after = {check.name: check for check in new.checks} if new else {}
    lines = []
    for check in (*after, *(check for check in before if check not in after)):
        was, now = before.get(check), after.get(check)
        was_score, now_score = was.score if was else 0.0, now.score if now else 0.0
        if was and now and was.status is now.status and was_score == now_score:
            continue
        difference = now_score - was_score
        points = f" ({difference:+g})" if difference else ""
        lines.append(
            f"{name}: {check} {_outcome(was.status if was else None)}"
            f" -> {_outcome(now.status if now else None)}{points}"
        )
    difference = (new.score if new else 0.0) - (old.score if old else 0.0)
    if difference and not lines:
        lines.append(f"{name} ({difference:+g})")
    return lines


def _outcome(status: CheckStatus | None) -> str:
    return "no such check" if status is None else status.value


def _words(status: Status) -> str:
    return status.value.replace("_", " ")
