"""What a regrade changes is told check by check."""

from __future__ import annotations

import msgspec

from grader.classroom import changes
from grader.judging.submission import Submission
from grader.report import Check, CheckStatus, Report, Status, Timing
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
    assert change.because == ("MyHuberLoss: large_errors passed -> failed (-10)",)


def test_a_new_check_and_one_that_is_gone() -> None:
    """A rubric grows and shrinks."""
    old = report(100)
    first = old.exercises[0]
    new_check = Check("scale", "no constant factor", CheckStatus.FAILED, 0, 3)
    exercise = msgspec.structs.replace(first, score=12.0, checks=(*first.checks[1:], new_check))
    new = msgspec.structs.replace(old, score=97.0, exercises=(exercise, *old.exercises[1:]))
    change = changes.between(old, new)
    assert change is not None
    assert (
        change.because
        == (
            "my_huber_loss: large_errors passed -> passed",
            "my_huber_loss: scale no such check -> failed",
            "my_huber_loss: small_errors passed -> no such check (-7.5)",
        )[1:]
    )


def test_a_hand_in_that_could_not_be_graded_before() -> None:
    """Has no difference of scores, but a new one."""
    old = fakes.without_score(report(55))
    change = changes.between(old, report(15))
    assert change is not None
    assert (change.before, change.after, change.by) == (None, 15, None)
    assert change.because[0] == "not graded -> graded"


def test_unreadable_twice_is_no_change() -> None:
    """Nothing happened."""
    one = fakes.report(Submission.of("x", b"y", "ann"), 0, status=Status.UNREADABLE)
    assert changes.between(one, one) is None
