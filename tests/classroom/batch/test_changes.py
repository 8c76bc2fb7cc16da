"""What a regrade changes is told check by check."""

from __future__ import annotations

import msgspec
import pytest

from grader.classroom.batch import changes
from grader.report import (
    Check,
    CheckStatus,
    ExerciseStatus,
    Report,
    Slip,
    Span,
    Status,
    Timing,
)
from grader.submission import Submission
from tests.classroom import fakes


def report(score: float) -> Report:
    """A report with this score."""
    return fakes.report(Submission.of("hw.ipynb", b"x", "ann"), score)


def test_the_same_result_is_no_change() -> None:
    """Whatever time it took, and whatever words were used."""
    one = report(55)
    other = msgspec.structs.replace(one, timing=Timing(9, 9), notes=(), message="other words")
    assert changes.between(one, other) is None


def test_a_lost_point_names_its_check() -> None:
    """By how much, and because of which."""
    change = changes.between(report(55), report(45))
    assert change is not None
    assert (change.before, change.after, change.by) == (55, 45, -10)
    assert change.because == ("MyHuberLoss: large errors grow linearly: passed -> failed (-10)",)


def test_a_new_check_and_one_that_is_gone() -> None:
    """A rubric grows and shrinks."""
    old = report(100)
    first = old.exercises[0]
    new_check = Check("scale", "no constant factor", CheckStatus.FAILED, 0, 3)
    exercise = msgspec.structs.replace(first, score=12.0, checks=(*first.checks[1:], new_check))
    new = msgspec.structs.replace(old, score=97.0, exercises=(exercise, *old.exercises[1:]))
    change = changes.between(old, new)
    assert change is not None
    assert change.because == (
        "my_huber_loss: no constant factor: no such check -> failed",
        "my_huber_loss: small errors cost their square: passed -> no such check (-7.5)",
        "my_huber_loss: as a whole (+4.5)",
    )


def changed(**values: object) -> tuple[str, ...]:
    """What is said where the first exercise of a whole notebook has these values now."""
    old = report(100)
    exercise = msgspec.structs.replace(old.exercises[0], **values)
    score = 85 + exercise.score
    new = msgspec.structs.replace(old, score=score, exercises=(exercise, *old.exercises[1:]))
    change = changes.between(old, new)
    back = changes.between(new, old)
    assert change is not None
    assert back is not None
    assert len(back.because) == len(change.because)
    return change.because


@pytest.mark.parametrize(
    ("status", "words"),
    [(ExerciseStatus.MISSING, "missing"), (ExerciseStatus.BROKEN, "can't be run")],
)
def test_an_exercise_that_went_missing_is_one_entry(status: ExerciseStatus, words: str) -> None:
    """However many checks it has."""
    skipped = tuple(
        msgspec.structs.replace(check, status=CheckStatus.SKIPPED, score=0.0)
        for check in report(100).exercises[0].checks
    )
    said = changed(status=status, score=0.0, checks=skipped)
    assert said == (f"my_huber_loss: right -> {words} (-15)",)


def test_checks_that_are_not_run_are_one_entry() -> None:
    """They follow from another one, which has its own."""
    first, second = report(100).exercises[0].checks
    checks = (
        msgspec.structs.replace(first, status=CheckStatus.FAILED, score=0.0),
        msgspec.structs.replace(second, status=CheckStatus.SKIPPED, score=0.0),
    )
    said = changed(status=ExerciseStatus.FAILED, score=0.0, checks=checks)
    assert said == (
        "my_huber_loss: small errors cost their square: passed -> failed (-7.5)",
        "my_huber_loss: 1 check not run any more (-7.5)",
    )


def test_points_that_no_check_gives_have_a_reason() -> None:
    """An answer that is one edit away from right earns more than its checks."""
    first, second = report(100).exercises[0].checks
    failed = msgspec.structs.replace(second, status=CheckStatus.FAILED, score=0.0)
    slip = Slip("name", "`eror` is `error`.", Span(4, 1, 1, 1, 5))
    said = changed(status=ExerciseStatus.PARTIAL, score=12.0, checks=(first, failed), slip=slip)
    assert said == (
        "my_huber_loss: large errors grow linearly: passed -> failed (-7.5)",
        "my_huber_loss: one edit away from right (+4.5)",
    )


def test_a_hand_in_that_could_not_be_graded_before() -> None:
    """Has no difference of scores, but a new one."""
    old = fakes.without_score(report(55))
    change = changes.between(old, report(15))
    assert change is not None
    assert (change.before, change.after, change.by) == (None, 15, None)
    assert change.because[0] == "not graded -> graded"


def test_who_became_unreadable_is_told_why() -> None:
    """In the words of the report, and not exercise by exercise."""
    old = report(55)
    new = fakes.report(Submission.of("x", b"y", "ann"), 0, status=Status.UNREADABLE)
    change = changes.between(old, new)
    assert change is not None
    assert change.because == (
        "graded -> unreadable: is no notebook",
        "another file was handed in",
    )


def test_what_a_check_is_worth_may_change_alone() -> None:
    """It is passed as before; how many points there are is said for all of it."""
    old = report(100)
    first, second = old.exercises[0].checks
    more = msgspec.structs.replace(first, score=10.5, max_score=10.5)
    exercise = msgspec.structs.replace(
        old.exercises[0], checks=(more, second), score=18.0, max_score=18.0
    )
    new = msgspec.structs.replace(
        old, exercises=(exercise, *old.exercises[1:]), score=103.0, max_score=103.0
    )
    change = changes.between(old, new)
    assert change is not None
    assert change.because == (
        "points that there are: 100 -> 103",
        "my_huber_loss: small errors cost their square: passed as before, 7.5 -> 10.5 points (+3)",
    )


def test_unreadable_twice_is_no_change() -> None:
    """Nothing happened."""
    one = fakes.report(Submission.of("x", b"y", "ann"), 0, status=Status.UNREADABLE)
    assert changes.between(one, one) is None
