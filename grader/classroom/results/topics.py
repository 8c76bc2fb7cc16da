"""What to talk about first: exercises that lost points in the same way, gathered over a class.

What is known of an exercise comes in this order: a misconception that has a name, an edit that
makes it right, values that are the same as others', the words about why it gives none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from grader import harmless
from grader.class_results import Likeness, Topic
from grader.classroom.results import examples
from grader.classroom.results.titles import SLIPS
from grader.classroom.results.writers import Writers
from grader.judging.reasons.explaining import STOPS, UNKNOWN
from grader.observed import ObservedExercise
from grader.report import Check, CheckStatus, Exercise, ExerciseStatus

_FEWEST_ALIKE = 2
# Code that so large a part of a class has comes from the course.
_COMMON, _COMMON_FROM = 1 / 3, 4
# One short exercise is soon the same.
_FEWEST_EXERCISES = 2
# Titles of checks that a sentence holds.
_SHOWN = 4
_OPENINGS = ("Its definition can't be executed. ", "The loss can't be made. ")
# Where a sentence of ours begins: behind a full stop, with a capital or with code.
_SENTENCE = re.compile(r"(?<=[.?]) (?=[A-Z`])")
_STOPPED = (CheckStatus.ERROR, CheckStatus.TIMEOUT, CheckStatus.CRASHED)
# Kind, title and text of a topic.
_Told = Callable[[], tuple[str, str, str]]


@dataclass
class _Found:
    kind: str
    title: str
    text: str
    lost: float = 0.0
    students: dict[str, None] = field(default_factory=dict)
    exercises: Counter[str] = field(default_factory=Counter)
    least: float = float("inf")
    example: str = ""


@dataclass
class Topics:
    """Gathers what exercises have in common."""

    _found: dict[str, _Found] = field(default_factory=dict)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, student: str, exercise: Exercise, seen: ObservedExercise | None) -> str:
        """Count one exercise that somebody wrote, and give the id of its topic, if it has one."""
        if seen is not None and seen.code:
            self._codes.setdefault(student, {})[exercise.name] = seen.code
        lost = exercise.max_score - exercise.score
        if lost <= 0:
            return ""
        key, told = _topic(exercise, seen)
        if not key:
            return ""
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = _Found(*told())
        found.lost += lost
        found.students[student] = None
        found.exercises[exercise.name] += 1
        # Who lost least shows the mistake by itself.
        if lost < found.least:
            found.least, found.example = lost, student
        return key

    def topics(self, writers: Writers) -> tuple[Topic, ...]:
        """What several have in common or has a name, what cost most first."""
        kept = [
            Topic(
                id=key,
                kind=one.kind,
                title=one.title,
                text=one.text,
                count=len(one.students),
                wrote=writers.any_of(one.exercises),
                lost=round(one.lost, 2),
                exercises=dict(sorted(one.exercises.items())),
                example=one.example,
            )
            for key, one in self._found.items()
            if one.kind == "misconception" or len(one.students) >= _FEWEST_ALIKE
        ]
        return tuple(sorted(kept, key=lambda one: (-one.lost, -one.count, one.id)))

    def alike(self, writers: Writers) -> tuple[Likeness, ...]:
        """Hand-ins with the same code in all that they wrote, beyond what many have."""
        counts = Counter(pair for codes in self._codes.values() for pair in codes.items())
        groups: dict[tuple[tuple[str, str], ...], list[str]] = defaultdict(list)
        for student, codes in self._codes.items():
            groups[tuple(sorted(codes.items()))].append(student)
        found = []
        for pairs, students in groups.items():
            own = [
                name
                for name, code in pairs
                if counts[name, code] < max(_COMMON_FROM, _COMMON * writers.any_of((name,)))
            ]
            if len(students) > 1 and len(own) >= _FEWEST_EXERCISES:
                found.append(Likeness(tuple(sorted(students)), tuple(name for name, _ in pairs)))
        return tuple(sorted(found, key=lambda one: (-len(one.students), one.students)))


def _topic(exercise: Exercise, seen: ObservedExercise | None) -> tuple[str, _Told]:
    """The key of an exercise's topic, empty if it has none, and what gives the words about it.

    The words are put together once for a topic, and not for each of its thousand exercises.
    """
    if (known := exercise.diagnosis) is not None:
        return f"m-{known.id}", lambda: ("misconception", _title(known.id), known.text)
    if (slip := exercise.slip) is not None:
        title = SLIPS.get(slip.kind) or _title(slip.kind)
        return f"s-{slip.kind}", lambda: ("slip", title, slip.text)
    failing = [one for one in exercise.checks if one.status is CheckStatus.FAILED]
    if seen is not None and seen.values and failing:
        return f"v-{seen.values}", lambda: ("values", *_same_values(seen, failing))
    if words := _stopping(exercise):
        # The same cause in another exercise is told with that one's name.
        alike = _named(exercise.name).sub("", words)
        return f"e-{harmless.one_line(alike, 200)}", lambda: ("stop", *_stop(words))
    messages = {one.message for one in failing}
    if len(messages) == 1 and (cause := messages.pop()):
        # One cause for all, such as a built-in loss that does the work.
        return f"c-{cause}", lambda: ("checks", _first(cause), cause)
    key = " ".join(sorted([one.name for one in failing]))
    return key and f"c-{key}", lambda: (
        "checks",
        harmless.one_line(_titles(failing), 90),
        _not_holding(failing),
    )


def _stopping(exercise: Exercise) -> str:
    """Why the exercise gives no values; empty where it gives some."""
    for one in exercise.checks:
        if one.status in _STOPPED and one.message:
            return one.message
    return exercise.message if exercise.status is ExerciseStatus.BROKEN else ""


def _same_values(seen: ObservedExercise, failing: list[Check]) -> tuple[str, str]:
    """Title and text of wrong values that several have, with one of them."""
    title = harmless.one_line(f"The same wrong values: {failing[0].title}", 90)
    example = examples.told(seen.evidence)
    # What is in the title already need not be said again.
    failed = _not_holding(failing) if len(failing) > 1 or not example else ""
    return title, f"{failed} {example}".strip()


def _titles(failing: list[Check]) -> str:
    return "; ".join(one.title for one in failing[:_SHOWN]) + ("; ..." * bool(failing[_SHOWN:]))


def _not_holding(failing: list[Check]) -> str:
    return f"These do not hold: {_titles(failing)}."


@lru_cache(maxsize=64)
def _named(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(name)}\b")


def _stop(words: str) -> tuple[str, str]:
    """Title and text of what stops: what we know of the cause, and the library's words if nothing.

    Students get both; whoever talks to a class needs no `TypeError: ... positional argument`.
    """
    for opening in _OPENINGS:
        words = words.removeprefix(opening)
    said, *ours = _SENTENCE.split(words)
    if not said.startswith(STOPS):
        return _first(words), words
    if not ours or ours[0].startswith(UNKNOWN):
        return _first(said.removeprefix(STOPS)), words
    # What is in the title already need not be said again.
    return _first(ours[0]), " ".join(ours[1:]) or ours[0]


@lru_cache(maxsize=1024)
def _first(words: str) -> str:
    """What a message is about, in a line."""
    return harmless.one_line(re.split(r"(?<=[.?]) ", words, maxsplit=1)[0].rstrip("."), 90)


def _title(name: str) -> str:
    words = name.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]
