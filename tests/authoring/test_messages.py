"""Every message over all known mistakes, read as their students would read it.

All mistakes are graded once for the whole module, which takes some minutes of one core; what
each of them must lose is looked at as well, since the reports are there.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.assignments.custom_losses.misconceptions import MISCONCEPTIONS
from grader.authoring import variants
from grader.authoring.many import grade_all
from grader.authoring.variants import Variant
from grader.judging import rubric_table
from grader.report import CheckStatus, Exercise
from grader.sandbox import start
from tests.authoring import reading
from tests.conftest import PROJECT

pytestmark = [pytest.mark.wall, pytest.mark.slow]

CHECKS = {row.name for row in rubric_table(ASSIGNMENT)}

# What the assignment itself says: labels and the plain threshold, the square, the line
# y = 2x - 1 with its 19 at 10, and that something was tried twice.
SAID_BY_THE_ASSIGNMENT = {0.0, 1.0, 2.0, 10.0, 19.0}

# Mistakes that may read alike, since what their loss does is the same, or what is to be done.
ALIKE = (
    {"class_attribute_shared", "class_mutable_default"},
    {"class_global_in_call", "class_threshold_hard_coded_in_init", "class_threshold_not_stored"},
    {"class_is_a_function", "class_layer_base", "class_without_base"},
    {"class_reduction_sum", "class_sum_in_call"},
    {"class_super_init_missing", "class_super_not_called"},
    {"contrastive_class_is_a_function", "contrastive_class_without_base"},
    {
        "contrastive_function_abs_for_max",
        "contrastive_function_max_missing",
        "contrastive_function_max_of_the_wrong_thing",
        "contrastive_function_square_before_max",
    },
    {"contrastive_function_halved", "contrastive_function_mean_of_two"},
    {"contrastive_function_hinge_reversed", "contrastive_function_minimum"},
    {"contrastive_function_labels_swapped", "contrastive_function_zero_means_similar"},
    {
        # (1 - s)^2 for similar pairs and s^2 for others are the squares the wrong way round.
        "contrastive_function_labels_swapped_max_missing",
        "contrastive_function_similarity_for_distance",
    },
    # Where a mean was asked for, the shape in which each pair's loss comes does not matter.
    {"contrastive_wrapper_per_pair", "contrastive_wrapper_per_pair_squeezed"},
    {"huber_function_branches_swapped", "huber_function_comparison_turned"},
    {"huber_function_built_in_class", "huber_function_built_in_function"},
    {"huber_function_half_in_the_square", "huber_function_half_twice"},
    {"huber_function_half_missing", "huber_function_last_one_wrong"},
    {"huber_function_log_cosh", "huber_function_pseudo_huber"},
    {"wrapper_attribute_of_the_function", "wrapper_global_rebound", "wrapper_shared_dictionary"},
    {"wrapper_other_keyword", "wrapper_positional_only"},
    # In both, errors between two borders get the part that is not theirs.
    {"wrapper_square_compared_with_threshold", "wrapper_threshold_only_in_linear_part"},
    {"wrapper_return_outside", "wrapper_returns_nothing"},
)


class Told(NamedTuple):
    """What one known mistake is told about one exercise."""

    variant: Variant
    exercise: Exercise
    lines: tuple[str, ...]

    @property
    def texts(self) -> Iterator[str]:
        """Every text of some length: on the exercise, the misconception, each check."""
        if self.exercise.message and not self.exercise.message.endswith("checks are passed."):
            yield self.exercise.message
        if self.exercise.diagnosis is not None:
            yield self.exercise.diagnosis.text
        yield from {check.message for check in self.exercise.checks if check.message}


@pytest.fixture(scope="module")
def told() -> list[Told]:
    """All known mistakes, graded."""
    known = [each for each in variants.load(ASSIGNMENT, PROJECT) if not each.right]
    notebooks = [(f"{Path(each.name).name}.ipynb", each.notebook) for each in known]
    # Where test processes run side by side, the other cores have work already.
    jobs = 1 if "PYTEST_XDIST_WORKER" in os.environ else os.cpu_count() or 1
    with start() as sandbox:
        reports = grade_all(notebooks, sandbox, ASSIGNMENT, jobs=jobs)
    return [
        Told(variant, exercise, variants.differences(variant, report))
        for variant, report in zip(known, reports, strict=True)
        for exercise in report.exercises
        if exercise.name in variant.exercises
    ]


def test_each_mistake_loses_what_its_file_says(told: list[Told]) -> None:
    assert [line for one in told for line in one.lines] == []


def test_every_text_is_a_finished_sentence_of_kind_words(told: list[Told]) -> None:
    found = {
        (text, trouble)
        for one in told
        for text in one.texts
        for trouble in reading.troubles(text, CHECKS)
    }
    assert found == set()


def test_so_are_the_words_on_misconceptions_that_no_mistake_has() -> None:
    found = {
        (known.text, trouble)
        for known in MISCONCEPTIONS
        for trouble in reading.troubles(known.text, CHECKS)
    }
    assert found == set()


def test_every_lost_check_says_something(told: list[Told]) -> None:
    silent = [
        (one.variant.name, check.name)
        for one in told
        for check in one.exercise.checks
        if check.status is not CheckStatus.PASSED and not (check.message or one.exercise.message)
    ]
    assert silent == []


def test_nobody_is_left_with_the_name_of_an_exception(told: list[Told]) -> None:
    assert {text for one in told for text in one.texts if reading.is_bare(text)} == set()


def test_no_text_says_a_number_that_the_student_did_not_write(told: list[Told]) -> None:
    found = {
        (one.variant.name, number, text)
        for one in told
        for text in one.texts
        for number in reading.numbers(text)
        - SAID_BY_THE_ASSIGNMENT
        - reading.written_numbers(one.variant.notebook.decode())
    }
    assert found == set()


def test_no_text_gives_a_solution_away(told: list[Told]) -> None:
    cells = nbformat.read(PROJECT / ASSIGNMENT.sources.reference, as_version=4).cells
    solved = (
        cell.source
        for cell in cells
        if cell.cell_type == "code" and cell.source.lstrip().startswith(("def ", "class "))
    )
    pieces = reading.solution_pieces(solved)
    assert len(pieces) > 20
    texts = {text for one in told for text in one.texts}
    texts |= {known.text for known in MISCONCEPTIONS}
    given = {(piece, text) for text in texts for piece in pieces if piece in reading.squeezed(text)}
    assert given == set()


def test_different_causes_read_differently(told: list[Told]) -> None:
    groups: dict[object, set[str]] = defaultdict(set)
    for one in told:
        checks = tuple((check.name, check.message) for check in one.exercise.checks)
        diagnosis = one.exercise.diagnosis and one.exercise.diagnosis.text
        words = one.exercise.name, one.exercise.message, diagnosis, checks
        groups[words].add(Path(one.variant.name).name)
    alike = [names for names in groups.values() if len(names) > 1]
    assert [names for names in alike if not any(names <= known for known in ALIKE)] == []
    assert [known for known in ALIKE if not any(len(names & known) > 1 for names in alike)] == []
