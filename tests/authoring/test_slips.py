"""Slips that are listed by hand, and those of mutants, held against what a report says."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import msgspec
import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.authoring import slips, variants
from grader.authoring.mutation import token_mutants
from grader.authoring.variants import Expectation, Variant, to_notebook
from grader.errors import UsageError
from grader.report import Exercise, ExerciseStatus, Report, Slip, Span
from grader.validation_results import SlipTable
from tests import reports

NAME = "my_huber_loss"
SOURCE = """\
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    small = tf.square(error)
    return tf.where(tf.abs(error) <= 1, small, tf.abs(error) - 0.5)
"""
TRUE_LINE = "small = tf.square(error)"


def mistake(name: str) -> Variant:
    """A known mistake of this name."""
    source = to_notebook(SOURCE)
    return Variant(f"mistakes/{name}", (NAME,), "", right=False, expected=Expectation(),
                   notebook=source)  # fmt: skip


def report_with(slip: Slip | None, status: ExerciseStatus = ExerciseStatus.FAILED) -> Report:
    """A report in which the exercise has this slip."""
    exercise = Exercise(NAME, status, 0.0, 15.0, slip=slip)
    return msgspec.structs.replace(reports.mixed(), exercises=(exercise,))


def slip(line: int, beside: int | None = None) -> Slip:
    """A slip in one line of the first cell, or in two."""
    spans = [Span(1, each, 1, each, 2) for each in (line, beside) if each is not None]
    return Slip("constant", "", *spans)


class TestMistakes:
    def table(self, said: Slip | None, name: str = "half") -> SlipTable:
        graded = [(mistake(name), report_with(said))]
        return slips.of_mistakes(graded, {"half": (TRUE_LINE,)})

    def test_the_true_line_is_named(self) -> None:
        table = self.table(slip(5))
        assert (table.found, table.placed) == (1, 1)

    def test_one_of_two_lines_is_the_true_one(self) -> None:
        assert self.table(slip(4, beside=5)).placed == 1

    def test_another_line_is_named(self) -> None:
        table = self.table(slip(6))
        assert (table.found, table.placed, table.misplaced) == (1, 0, ("half",))

    def test_nothing_is_found(self) -> None:
        table = self.table(None)
        assert (table.found, table.missed) == (0, ("half",))

    def test_what_is_not_listed_is_told_apart(self) -> None:
        assert self.table(slip(5), name="another").others == ("another",)


class TestFile:
    def test_the_projects_own_can_be_read(self, project: Path) -> None:
        """Every mistake in it exists, with the lines that are quoted."""
        assert (
            len(
                slips.read(
                    project / ASSIGNMENT.sources.solutions / slips.SLIPS,
                    variants.load(ASSIGNMENT, project),
                )
            )
            > 150
        )

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ('gone = ["x"]', "there is no mistake 'gone'"),
            ('half = ["x = 1"]', "half has no line 'x = 1'"),
            ("half = 1", "slips.toml"),
        ],
    )
    def test_what_it_says_has_to_be_there(self, tmp_path: Path, text: str, words: str) -> None:
        (tmp_path / "solutions").mkdir()
        (tmp_path / slips.SLIPS).write_text(text, encoding="utf-8")
        with pytest.raises(UsageError, match=words):
            slips.read(tmp_path / slips.SLIPS, [mistake("half")])


class TestMutants:
    def test_the_same_seed_draws_the_same(self, project: Path) -> None:
        known = variants.load(ASSIGNMENT, project)
        one, other = (token_mutants.drawn(known, 40, seed=3) for _ in range(2))
        assert one == other
        assert len({each.notebook for each in one}) == 40

    def test_one_token_or_line_changes(self, project: Path) -> None:
        """Everything else of the notebook is as it was, and the change is where it is said."""
        known = variants.load(ASSIGNMENT, project)
        right = {each.name: each.notebook for each in known}
        for mutant in token_mutants.drawn(known, 80, seed=5):
            before, after = (
                json.loads(data)["cells"] for data in (right[mutant.name], mutant.notebook)
            )
            changed = [n for n, (a, b) in enumerate(zip(before, after, strict=True), 1) if a != b]
            assert changed == [mutant.cell]
            old, new = (
                "".join(cells[mutant.cell - 1]["source"]).split("\n") for cells in (before, after)
            )
            lines = [n for n, (a, b) in enumerate(zip(old, new, strict=True), 1) if a != b]
            assert tuple(lines) == mutant.lines

    def test_every_rule_makes_some(self, project: Path) -> None:
        drawn = token_mutants.drawn(variants.load(ASSIGNMENT, project), 60, seed=1)
        assert {each.rule for each in drawn} == set(token_mutants.RULES)

    def test_those_that_lose_nothing_do_not_count(self, project: Path) -> None:
        mutants = token_mutants.drawn(variants.load(ASSIGNMENT, project), 3, seed=1)
        said = [
            _of(mutant.exercise, found, status)
            for mutant, found, status in zip(
                mutants,
                (None, slip(mutants[1].lines[0]), None),
                (ExerciseStatus.PASSED, ExerciseStatus.FAILED, ExerciseStatus.FAILED),
                strict=True,
            )
        ]
        table = slips.of_mutants(mutants, said)
        assert table.known == 2
        assert table.missed == (str(mutants[2]),)


def _of(name: str, said: Slip | None, status: ExerciseStatus) -> Report:
    exercise = Exercise(name, status, 0.0, 15.0, slip=said)
    return msgspec.structs.replace(reports.mixed(), exercises=(exercise,))


def test_mutants_are_drawn_out_of_definitions_alone(project: Path) -> None:
    """What stands around an answer is nobody's slip."""
    known = variants.load(ASSIGNMENT, project)
    right = {each.name: each.notebook for each in known}
    for mutant in token_mutants.drawn(known, 40, seed=9):
        cell = json.loads(right[mutant.name])["cells"][mutant.cell - 1]
        nodes = [
            node
            for node in ast.parse("".join(cell["source"])).body
            if getattr(node, "name", "") == mutant.exercise
        ]
        first, last = nodes[-1].lineno, nodes[-1].end_lineno or 0
        assert all(first <= line <= last for line in mutant.lines)
