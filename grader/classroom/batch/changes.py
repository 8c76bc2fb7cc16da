"""What a regrade changes: whose score, by how much, and because of what."""

from __future__ import annotations

from collections.abc import Iterable

from grader.class_results import Change
from grader.formats import wording
from grader.report import Check, CheckStatus, Exercise, ExerciseStatus, Report, Status

# What has no checks that ran: one entry says all about it.
_ABSENT = frozenset({ExerciseStatus.MISSING, ExerciseStatus.BROKEN})
_ARRIVED = "was not in the class before"
_DEPARTED = "is not in the class any more"
_UNREAD = "the report from before can't be read"
# Less than any check is worth, more than what adding up thirds costs.
_NOTHING = 1e-6


def arrived(report: Report) -> Change:
    """Somebody of whom there was no report."""
    return Change(report.student or "", None, report.score, (_ARRIVED,))


def unread(report: Report) -> Change:
    """Somebody of whom there is a report that can't be read."""
    return Change(report.student or "", None, report.score, (_UNREAD,))


def departed(report: Report, renamed: str) -> Change:
    """Somebody of whom there is a report, and no hand-in.

    renamed: who is new in the class with the same file; empty if nobody is.
    """
    because = (_DEPARTED, f"{renamed} is new with the same file") if renamed else (_DEPARTED,)
    return Change(report.student or "", report.score, None, because)


def between(old: Report, new: Report) -> Change | None:
    """What changed from `old` to `new`; None if the score and every check stayed the same."""
    because: list[str] = []
    if old.status is not new.status:
        why = "" if new.status is Status.GRADED or not new.message else f": {new.message}"
        because.append(f"{_words(old.status)} -> {_words(new.status)}{why}")
    if old.submission.sha256 != new.submission.sha256:
        because.append("another file was handed in")
    if old.max_score != new.max_score:
        most = (wording.points(one.max_score) for one in (old, new))
        because.append(f"points that there are: {' -> '.join(most)}")
    before = {exercise.name: exercise for exercise in old.exercises}
    after = {exercise.name: exercise for exercise in new.exercises}
    if old.status is Status.GRADED and new.status is Status.GRADED:
        for name in (*after, *(name for name in before if name not in after)):
            because += _in_exercise(name, before.get(name), after.get(name))
    if old.score == new.score and not because:
        return None
    return Change(new.student or "", old.score, new.score, tuple(because))


def _in_exercise(name: str, old: Exercise | None, new: Exercise | None) -> list[str]:
    was, now = _standing(old), _standing(new)
    difference = (new.score if new else 0.0) - (old.score if old else 0.0)
    if old is None or new is None or (was != now and {old.status, new.status} & _ABSENT):
        return [f"{name}: {was} -> {now}{_points(difference)}"]
    lines, told = _in_checks(name, old.checks, new.checks)
    if abs(difference - told) > _NOTHING:
        why = "one edit away from right" if new.slip != old.slip else "as a whole"
        lines.append(f"{name}: {why}{_points(difference - told)}")
    return lines


def _in_checks(name: str, old: Iterable[Check], new: Iterable[Check]) -> tuple[list[str], float]:
    """An entry for each check that came out otherwise, and the points that they say in all.

    A check that was not run is a consequence of another one, so all of these are one entry.
    """
    before, after = ({check.name: check for check in checks} for checks in (old, new))
    lines: list[str] = []
    told = 0.0
    skipped: dict[str, list[float]] = {}
    for key in (*after, *(key for key in before if key not in after)):
        was, now = before.get(key), after.get(key)
        difference = (now.score if now else 0.0) - (was.score if was else 0.0)
        if was and now and was.status is now.status and not difference:
            continue
        told += difference
        if was and now and CheckStatus.SKIPPED in {was.status, now.status}:
            kind = "not run any more" if now.status is CheckStatus.SKIPPED else "run now"
            skipped.setdefault(kind, []).append(difference)
            continue
        title = after[key].title if key in after else before[key].title
        lines.append(f"{name}: {title}: {_came_out(was, now)}{_points(difference)}")
    for kind, differences in skipped.items():
        count = wording.counted(len(differences), "check")
        lines.append(f"{name}: {count} {kind}{_points(sum(differences))}")
    return lines, told


def _points(difference: float) -> str:
    if abs(difference) < _NOTHING:
        return ""
    return f" ({wording.signed(difference)})"


def _standing(exercise: Exercise | None) -> str:
    return "not asked for" if exercise is None else wording.EXERCISE_STATUS[exercise.status]


def _came_out(was: Check | None, now: Check | None) -> str:
    if was and now and was.status is now.status:
        # Only what it is worth is another, or what a slip leaves of it.
        earned = f"{wording.points(was.score)} -> {wording.counted(now.score, 'point')}"
        return f"{_outcome(now)} as before, {earned}"
    return f"{_outcome(was)} -> {_outcome(now)}"


def _outcome(check: Check | None) -> str:
    return "no such check" if check is None else wording.CHECK_STATUS[check.status]


def _words(status: Status) -> str:
    return status.value.replace("_", " ")
