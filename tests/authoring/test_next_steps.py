"""Who does as a report says gets there: nine in ten in one step, nearly all in two.

Each mistake in `tests/data/next_steps` is graded, then with the step in it that its message asks
for, and if need be with another one.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.assignments.custom_losses.exercises import EXERCISES
from grader.authoring.many import grade_all
from grader.report import CheckStatus, Exercise, ExerciseStatus, Place, Span
from grader.sandbox import Sandbox, start
from tests.authoring import reading
from tests.authoring.next_steps import Case, load, notebook, packed
from tests.conftest import PROJECT

pytestmark = [pytest.mark.wall, pytest.mark.slow]

CASES = load(PROJECT / "tests" / "data" / "next_steps")
ENOUGH = 150

# What is not met, and why.
UNMET: dict[str, str] = {}


class Told(NamedTuple):
    """What a report says about one case. cell: where its code stands."""

    exercise: Exercise
    cell: int

    @property
    def text(self) -> str:
        """All words about the exercise, one after the other."""
        return " ".join(self.texts())

    @property
    def lines(self) -> set[int]:
        """The lines of the case's own cell that the report names."""
        exercise = self.exercise
        places: list[Place | Span | None] = [check.line for check in exercise.checks]
        if exercise.slip is not None:
            places += [exercise.slip.place, exercise.slip.beside]
        told = {place.line for place in places if place is not None and place.cell == self.cell}
        return told | {int(line) for line in re.findall(r"\bline (\d+)", self.text)}

    def texts(self) -> Iterator[str]:
        """All of them: on the exercise, the misconception, the slip, and each check."""
        yield self.exercise.message
        if self.exercise.diagnosis is not None:
            yield self.exercise.diagnosis.text
        if self.exercise.slip is not None:
            yield self.exercise.slip.text
        for check in self.exercise.checks:
            if check.status not in (CheckStatus.PASSED, CheckStatus.SKIPPED):
                yield check.message


@dataclass(frozen=True)
class Rounds:
    """What each case is told at first, and after how many steps it was right, if it was."""

    first: dict[str, Told]
    later: dict[str, Told]
    right_after: dict[str, int]


def graded(cases: list[Case], steps: int, sandbox: Sandbox, jobs: int) -> dict[str, Told]:
    rows = packed(cases)
    books = [
        (f"{at}.ipynb", notebook(case.after(steps) for case in row)) for at, row in enumerate(rows)
    ]
    told: dict[str, Told] = {}
    for row, report in zip(rows, grade_all(books, sandbox, ASSIGNMENT, jobs=jobs), strict=True):
        exercises = {each.name: each for each in report.exercises}
        for cell, case in enumerate(row, start=2):
            told[case.name] = Told(exercises[case.exercise], cell)
    return told


@pytest.fixture(scope="module")
def rounds() -> Rounds:
    """All cases, graded as they are and after each step."""
    # Where test processes run side by side, the other cores have work already.
    jobs = 1 if "PYTEST_XDIST_WORKER" in os.environ else os.cpu_count() or 1
    right_after: dict[str, int] = {}
    later: dict[str, Told] = {}
    with start() as sandbox:
        first = graded(list(CASES), 0, sandbox, jobs)
        pending = list(CASES)
        for steps in (1, 2):
            now = graded(pending, steps, sandbox, jobs)
            for case in pending:
                if now[case.name].exercise.status is ExerciseStatus.PASSED:
                    right_after[case.name] = steps
            pending = [case for case in pending if case.name not in right_after]
            if steps == 1:
                later = now
            pending = [case for case in pending if len(case.steps) > 1]
    return Rounds(first, later, right_after)


def test_there_are_enough_of_every_exercise() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= ENOUGH
    counted = Counter(case.exercise for case in CASES)
    assert min(counted[spec.name] for spec in EXERCISES) >= ENOUGH // 10


def test_each_of_them_is_a_mistake(rounds: Rounds) -> None:
    passed = [
        name for name, told in rounds.first.items() if told.exercise.status is ExerciseStatus.PASSED
    ]
    assert passed == []


def test_each_report_asks_for_its_step(rounds: Rounds) -> None:
    unasked = {
        case.name: rounds.first[case.name].text
        for case in CASES
        if case.steps[0].asks not in rounds.first[case.name].text
    }
    assert unasked.keys() - UNMET.keys() == set(), unasked


def test_so_does_the_report_after_that(rounds: Rounds) -> None:
    unasked = {
        case.name: rounds.later[case.name].text
        for case in CASES
        if len(case.steps) > 1 and case.steps[1].asks not in rounds.later[case.name].text
    }
    assert unasked.keys() - UNMET.keys() == set(), unasked


def test_nine_in_ten_are_right_after_one_step_and_nearly_all_after_two(rounds: Rounds) -> None:
    asked = [
        case for case in CASES if case.steps[0].asks in rounds.first[case.name].text
    ]  # a step that nobody asked for proves nothing
    once = [case for case in asked if rounds.right_after.get(case.name) == 1]
    twice = [case for case in asked if case.name in rounds.right_after]
    unmet = sorted({case.name for case in CASES} - {case.name for case in twice})
    assert len(once) >= 0.90 * len(CASES), unmet
    assert len(twice) >= 0.99 * len(CASES), unmet
    assert unmet == sorted(UNMET)


def test_each_report_names_the_line(rounds: Rounds) -> None:
    elsewhere = {
        case.name: (case.line, sorted(rounds.first[case.name].lines))
        for case in CASES
        if case.line and case.line not in rounds.first[case.name].lines
    }
    assert elsewhere == {}


# What a report may claim of what kind of mistake: a claim, and the matters in which it is true.
CLAIMS: dict[str, set[str]] = {
    r"It stops with|can't be executed": {"stops"},
    r"It works when called directly, but": {"form", "values"},
    r"is not valid Python|Python can't read": {"no Python"},
    r"No cell (?:of the notebook )?defines": {"missing"},
    r"It returns (?:nothing|a list|a text|several)": {"returns"},
    r"do not cost what they should|do not pay what they should": {"values"},
    r"The values do not change with": {"values"},
    r"Your values are those of|All your values are|All your values carry": {"values"},
    r"The values are right|the formula itself is right": {"form", "values"},
    r"labels are (?:exchanged|the wrong way round)": {"values"},
    r"That is all that is known": set(),
}

# Where a claim is true though the matter is another one: a class that works but for its call by
# Keras stops there, and so does a form in one place alone.
BESIDES = r"the object itself can't be called|the object can't be called|inside a tf\.function"
BESIDES += r"|can't be compiled and trained|With tensors of shape"


def test_no_report_claims_what_is_not_so(rounds: Rounds) -> None:
    untrue = [
        (case.name, case.matter, claim)
        for case in CASES
        for claim, matters in CLAIMS.items()
        if re.search(claim, rounds.first[case.name].text)
        and case.matter not in matters
        and not (claim.startswith("It stops") and re.search(BESIDES, rounds.first[case.name].text))
    ]
    assert untrue == []


def test_no_report_contains_the_answer(rounds: Rounds) -> None:
    """Not a piece of the formula, as it stands in the code once it is right."""
    given = []
    for case in CASES:
        text = reading.squeezed(rounds.first[case.name].text)
        right = case.after(len(case.steps))
        pieces = reading.solution_pieces([right])
        given += [(case.name, piece) for piece in pieces if piece in text]
    assert given == []


def test_every_word_is_kind_and_every_sentence_finished(rounds: Rounds) -> None:
    found = {
        (text, trouble)
        for told in rounds.first.values()
        for text in told.texts()
        if text and not text.endswith("checks are passed.")
        for trouble in reading.troubles(text, ())
    }
    assert found == set()
