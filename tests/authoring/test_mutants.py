"""Mutants: which changes are made, and what is concluded from those that survive."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from nbformat.v4 import nbbase, nbjson

from grader.assignments.custom_losses import ASSIGNMENT
from grader.assignments.custom_losses.exercises import BY_NAME
from grader.authoring.mutation import mutants
from grader.authoring.mutation.mutants import Equivalent, Mutant, Mutants
from grader.authoring.mutation.operators import (
    DropCall,
    RemoveStatement,
    ReplaceName,
    SwapArguments,
    all_operators,
)
from grader.errors import UsageError
from grader.report import CheckStatus, Report
from grader.validation_results import MutantRow, MutantTable
from tests.reports import make_check, make_exercise, make_report

PROJECT = Path(__file__).resolve().parents[2]
HUBER = "my_huber_loss"


def changes(operator: type, source: str) -> list[str]:
    """All that the operator makes of the source."""
    nodes = list(ast_nodes(get_ast(source)))
    places = sum(len(list(operator().mutation_positions(node))) for node in nodes)
    return [mutate_code(source, operator(), place) for place in range(places)]


class TestOperators:
    def test_a_statement_is_removed_and_a_docstring_stays(self) -> None:
        source = 'def f(x):\n    """Words."""\n    y = x\n    return y\n'
        assert changes(RemoveStatement, source) == [
            source.replace("y = x", "pass"),
            source.replace("return y", "pass"),
        ]

    def test_a_call_becomes_its_first_argument(self) -> None:
        assert changes(DropCall, "a = tf.abs(x) - g(h(y), z)\n") == [
            "a = (x) - g(h(y), z)\n",
            "a = tf.abs(x) - (h(y))\n",
            "a = tf.abs(x) - g((y), z)\n",
        ]

    def test_calls_without_an_argument_by_position_stay(self) -> None:
        assert changes(DropCall, "f(); g(x=1); h(**more)\n") == []

    def test_neighbours_among_the_arguments_are_swapped(self) -> None:
        assert changes(SwapArguments, "f(a, b, c, d=1)\n") == [
            "f(b, a, c, d=1)\n",
            "f(a, c, b, d=1)\n",
        ]

    def test_a_name_becomes_any_other_that_is_defined_before(self) -> None:
        source = "def f(x, y):\n    a = x\n    return g(a, k=y).x\n"
        assert changes(ReplaceName, source) == [
            source.replace("a = x", "a = y"),
            source.replace("g(a", "g(x"),
            source.replace("g(a", "g(y"),
            source.replace("k=y", "k=x"),
            source.replace("k=y", "k=a"),
        ]

    def test_an_outer_functions_names_count_an_inner_ones_do_not(self) -> None:
        source = "def f(d):\n    def g(x):\n        return x\n    return g\n"
        assert changes(ReplaceName, source) == [
            source.replace("return x", "return d"),
            source.replace("return g", "return d"),
        ]

    def test_operators_that_draw_random_numbers_are_left_out(self) -> None:
        names = all_operators()
        assert "NumberReplacer" in names
        assert not {"VariableReplacer", "VariableInserter", "NoOp"} & names.keys()

    def test_self_is_never_confused(self) -> None:
        assert changes(ReplaceName, "class C:\n    def f(self, x):\n        self.x = x\n") == []

    @pytest.mark.parametrize(
        "operator", [RemoveStatement, DropCall, SwapArguments, ReplaceName], ids=str
    )
    def test_each_has_examples_that_hold(self, operator: type[Operator]) -> None:
        for example in operator.examples():
            changed = mutate_code(
                example.pre_mutation_code, operator(**example.operator_args), example.occurrence
            )
            assert changed.split() == example.post_mutation_code.split()


@pytest.fixture(scope="module")
def made() -> Mutants:
    """The mutants of this project."""
    return Mutants.of(ASSIGNMENT, PROJECT)


@pytest.mark.slow
class TestTheProjectsOwn:
    def test_there_are_hundreds_no_two_alike(self, made: Mutants) -> None:
        assert len(made.mutants) >= 300
        assert len(set(made.notebooks)) == len(made.notebooks)

    @pytest.mark.parametrize("exercise", BY_NAME)
    def test_each_solution_is_changed_in_many_ways(self, made: Mutants, exercise: str) -> None:
        own = [mutant for mutant in made.mutants if mutant.exercise == exercise]
        kinds = {mutant.operator.partition("_")[0] for mutant in own}
        assert {"ReplaceBinaryOperator", "RemoveStatement", "DropCall", "ReplaceName"} <= kinds
        assert {"NumberReplacer", "SwapArguments"} <= kinds

    def test_a_notebook_holds_the_one_exercise_that_was_changed(self, made: Mutants) -> None:
        mutant = next(each for each in made.mutants if each.exercise == "MyHuberLoss")
        text = "\n".join(
            cell.source for cell in nbformat.reads(mutant.notebook.decode(), as_version=4).cells
        )
        assert mutant.after in text
        assert "class MyHuberLoss" in text
        assert "class ContrastiveLoss" not in text
        assert "def my_huber_loss" not in text

    def test_the_same_project_gives_the_same_mutants(self, made: Mutants) -> None:
        assert Mutants.of(ASSIGNMENT, PROJECT) == made

    def test_each_excuse_is_about_a_change_that_is_made(self, made: Mutants) -> None:
        keys = {(each.exercise, each.before, each.after) for each in made.mutants}
        excused = {(name, e.before, e.after) for e in made.equivalent for name in e.exercises}
        assert excused <= keys
        assert all(len(each.reason) > 20 for each in made.equivalent)


def report(*, passed: bool) -> Report:
    status = CheckStatus.PASSED if passed else CheckStatus.FAILED
    return make_report(make_exercise(HUBER, make_check("graph", status)))


def mutant(before: str, after: str) -> Mutant:
    return Mutant(HUBER, "NumberReplacer", before, after, b"")


class TestTheTable:
    both = (mutant("x = 1", "x = 2"), mutant("x = 1", "x = 0"))
    excuse = Equivalent((HUBER,), "x = 1", "x = 0", "x is never used")

    def table(self, *excuses: Equivalent, original: bool = True, zero: bool = True) -> MutantTable:
        """The table where x = 2 is killed, and x = 0 survives if `zero`."""
        reports = [report(passed=original), report(passed=False), report(passed=zero)]
        return Mutants(((HUBER, b""),), self.both, excuses).table(reports)

    def test_a_survivor_that_is_excused_is_well(self) -> None:
        table = self.table(self.excuse)
        assert table.differences == ()
        assert table.rows == (MutantRow(HUBER, made=2, killed=1, equivalent=1),)
        assert table.rows[0].survived == 0

    def test_a_survivor_that_nobody_excuses_is_a_line(self) -> None:
        table = self.table()
        assert table.rows[0].survived == 1
        (line,) = table.differences
        assert line == f"survives: {HUBER}: 'x = 1' -> 'x = 0' (NumberReplacer)"

    def test_an_excuse_for_what_is_killed_is_a_line(self) -> None:
        (line,) = self.table(self.excuse, zero=False).differences
        assert line.endswith("'x = 1' -> 'x = 0' is no survivor")

    def test_an_original_that_does_not_pass_is_a_line(self) -> None:
        (line,) = self.table(self.excuse, original=False).differences
        assert "prove nothing" in line


def write(project: Path, *sources: str) -> Path:
    cells = [nbbase.new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)]
    path = project / ASSIGNMENT.sources.reference
    path.parent.mkdir(parents=True)
    path.write_text(nbjson.writes(nbbase.new_notebook(cells=cells)), encoding="utf-8")
    return project


def test_two_exercises_in_one_cell_are_refused(tmp_path: Path) -> None:
    both = f"def {HUBER}(): pass\nclass MyHuberLoss: pass"
    with pytest.raises(UsageError, match=f"{HUBER} needs a cell of its own"):
        Mutants.of(ASSIGNMENT, write(tmp_path, both))


def test_a_missing_reference_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"custom_losses\.ipynb: can't be read"):
        Mutants.of(ASSIGNMENT, tmp_path)


def test_excuses_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    write(tmp_path, *(f"def {name}(x):\n    return x" for name in BY_NAME))
    (tmp_path / ASSIGNMENT.sources.solutions / mutants.EQUIVALENT).write_text(
        "[[equivalent]]\nbefore = 1\n", encoding="utf-8"
    )
    with pytest.raises(UsageError, match=r"equivalent\.toml: "):
        Mutants.of(ASSIGNMENT, tmp_path)
