"""What a class has in common, gathered from reports and from what instructors alone may see."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest

from grader.classroom.results.titles import SLIPS
from grader.classroom.results.topics import Topics
from grader.classroom.results.writers import Writers
from grader.judging.reasons import explaining
from grader.judging.reasons.quoting import Quoting
from grader.observed import ObservedExercise
from grader.report import CheckStatus, Diagnosis, Exercise, ExerciseStatus, Slip, Span
from grader.worker import wire
from tests.reports import make_check, make_exercise

HALF = make_exercise("f", make_check("small"), make_check("large", CheckStatus.FAILED), cells=(1,))


def wrote(*written: str) -> Writers:
    """A class of which each has written these exercises, such as "fg"."""
    writers = Writers()
    for names in written:
        writers.add(names)
    return writers


def stopped(name: str) -> Exercise:
    """An exercise that raises, whose message names it."""
    words = f"It stops with TypeError: {name}() takes 2 arguments. A loss has two."
    return make_exercise(name, make_check("small", CheckStatus.ERROR, 5, words))


def test_wrong_values_that_are_the_same_are_one_topic() -> None:
    """Although nobody has named the mistake; one hand-in alone is none."""
    topics = Topics()
    lines = (
        "y_true = [[0.0], [3.0]]",
        "y_pred = [[0.0], [0.0]]",
        "got = [0.0, 3]",
        "want = [0, 2.5]",
    )
    for student, values in (("ann", "x"), ("bob", "x"), ("cem", "y")):
        topics.add(student, HALF, ObservedExercise(values, evidence={"large": lines}))
    (one,) = topics.topics(wrote(*"fffff"))
    assert (one.kind, one.count, one.wrote, one.lost) == ("values", 2, 5, 10)
    assert one.title == "The same wrong values: large"
    assert one.text == "For y_true = 3 and y_pred = 0 it gives 3; right is 2.5."
    assert one.example in {"ann", "bob"}


def test_the_same_words_are_one_topic_in_any_exercise() -> None:
    """The name of the exercise aside."""
    topics = Topics()
    topics.add("ann", stopped("f"), None)
    topics.add("bob", stopped("g"), ObservedExercise())
    (one,) = topics.topics(wrote("fg", "fg", "fg", "g", "h"))
    assert (one.kind, one.count, one.wrote) == ("stop", 2, 4)
    assert one.exercises == {"f": 1, "g": 1}
    assert (one.title, one.text) == ("A loss has two", "A loss has two.")


def test_a_share_is_of_all_who_wrote_any_of_the_exercises() -> None:
    """Two that wrote one of them each are two: no more than all have what somebody has."""
    topics = Topics()
    topics.add("ann", stopped("f"), None)
    topics.add("bob", stopped("g"), None)
    (one,) = topics.topics(wrote("f", "g", "h"))
    assert (one.count, one.wrote) == (2, 2)


@pytest.mark.parametrize(
    ("words", "title", "text"),
    [
        (
            "The loss can't be made. It stops with NameError: name 'x' is not defined. No `x`. So?",
            "No `x`",
            "So?",
        ),
        (
            "It stops with ValueError: [7] vs. [32]. `a` has 7 values.",
            "`a` has 7 values",
            "`a` has 7 values.",
        ),
        ("It returns nothing. Is a `return` missing?", "It returns nothing", None),
    ],
    ids=["a cause that is known", "a full stop in the library's words", "no exception"],
)
def test_a_class_is_told_our_words_and_not_a_librarys(
    words: str, title: str, text: str | None
) -> None:
    """Where there are any: the example has what stood there."""
    topics = Topics()
    for student in ("ann", "bob"):
        check = make_check("small", CheckStatus.ERROR, 5, words)
        topics.add(student, make_exercise("f", check), None)
    (one,) = topics.topics(wrote("f", "f"))
    assert (one.title, one.text) == (title, text or words)


def test_where_no_cause_is_known_the_librarys_words_are_all_there_is() -> None:
    """As `explaining` writes them."""
    what = wire.Raised("TypeError", "float() wants a number")
    words = explaining.raised(what, Quoting(frozenset()))
    topics = Topics()
    for student in ("ann", "bob"):
        check = make_check("small", CheckStatus.ERROR, 5, words)
        topics.add(student, make_exercise("f", check), None)
    (one,) = topics.topics(wrote("f", "f"))
    assert one.title.startswith("TypeError")
    assert one.text == words


def test_right_values_and_the_same_failing_checks() -> None:
    """Say what does not hold."""
    topics = Topics()
    for student in ("ann", "bob"):
        topics.add(student, HALF, ObservedExercise(""))
    (one,) = topics.topics(wrote("f", "f"))
    assert (one.kind, one.title) == ("checks", "large")


def test_one_cause_for_all_that_fails_is_told() -> None:
    """And not the checks that it takes along."""
    words = "It hands the work to a built-in loss. Write it yourself."
    checks = (make_check(name, CheckStatus.FAILED, 5, words) for name in ("small", "large"))
    handed = make_exercise("f", *checks)
    topics = Topics()
    for student in ("ann", "bob"):
        topics.add(student, handed, ObservedExercise(""))
    (one,) = topics.topics(wrote("f", "f"))
    assert (one.title, one.text) == ("It hands the work to a built-in loss", words)


def test_every_kind_of_slip_has_a_title() -> None:
    assert set(SLIPS) == set(get_args(wire.EditKind))


def test_what_has_a_name_comes_first() -> None:
    """A slip, and nothing at all where no point is lost; what cost most stands first."""
    slip = Slip("missing-return", "The last line returns nothing.", Span(1, 1, 1, 1, 2))
    topics = Topics()
    for student in ("ann", "bob"):
        topics.add(student, msgspec.structs.replace(HALF, slip=slip), ObservedExercise("x"))
        topics.add(student, stopped("g"), None)
    whole = make_exercise("f", make_check("small"))
    assert topics.add("cem", whole, ObservedExercise("x")) == ""
    known = msgspec.structs.replace(stopped("h"), diagnosis=Diagnosis("half-missing", "A half."))
    topics.add("dee", known, None)
    assert sorted((one.kind, one.title, one.lost) for one in topics.topics(Writers())) == [
        ("misconception", "Half missing", 5),
        ("slip", "Missing return", 10),
        ("stop", "A loss has two", 10),
    ]
    assert topics.topics(Writers())[-1].kind == "misconception"


def alike(codes: dict[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The groups of a class in which each student has these marks for f, g and h."""
    topics = Topics()
    for student, marks in codes.items():
        for name, mark in zip("fgh", marks, strict=False):
            exercise = msgspec.structs.replace(HALF, name=name, status=ExerciseStatus.PARTIAL)
            topics.add(student, exercise, ObservedExercise("", mark))
    return [one.students for one in topics.alike(wrote(*["fgh"] * len(codes)))]


@pytest.mark.parametrize(
    ("codes", "groups"),
    [
        (
            {"ann": ("1", "2", "3"), "bob": ("1", "2", "3"), "cem": ("4", "5", "6")},
            [("ann", "bob")],
        ),
        ({"ann": ("1", "2", "3"), "bob": ("1", "2", "9")}, []),
        ({"ann": ("1",), "bob": ("1",)}, []),
        ({f"s{number}": ("1", "2", "3") for number in range(9)}, []),
    ],
    ids=["two of three", "one exercise is another", "one exercise alone", "what everybody has"],
)
def test_the_same_code(codes: dict[str, tuple[str, ...]], groups: list[tuple[str, ...]]) -> None:
    """In all that somebody wrote, and beyond what the course itself gives."""
    assert alike(codes) == groups
