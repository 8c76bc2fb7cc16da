"""Variants: what their files may say, the notebooks they become, and what is held against them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.assignments.custom_losses.exercises import BY_NAME
from grader.authoring import variants
from grader.authoring.variants import Expectation, Variant
from grader.errors import UsageError
from grader.judging import rubric_table
from grader.report import CheckStatus, Diagnosis, ExerciseStatus, Report, Status
from tests.reports import make_check, make_exercise, make_report

HUBER = "my_huber_loss"
BLOCK = """\
# /// variant
# exercises = ["my_huber_loss"]
# says = "the half is missing"
# fails = ["small_errors"]
# ///
import tensorflow as tf
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes one file below `solutions` and returns the project."""

    def write(text: str, name: str = "mistakes/one.py") -> Path:
        path = tmp_path / "solutions" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


def cells(data: bytes) -> list[tuple[str, str]]:
    notebook = nbformat.reads(data.decode(), as_version=4)
    nbformat.validate(notebook)
    return [(cell.cell_type, cell.source) for cell in notebook.cells]


class TestReading:
    def test_a_mistake_says_what_must_fail_and_nothing_else_may(self, write: Write) -> None:
        (variant,) = variants.load(ASSIGNMENT, write(BLOCK))
        assert (variant.name, variant.exercises) == ("mistakes/one", (HUBER,))
        assert (variant.says, variant.right) == ("the half is missing", False)
        assert variant.expected.must_fail("small_errors")
        assert variant.expected.must_pass("large_errors")

    def test_the_block_is_no_part_of_the_notebook(self, write: Write) -> None:
        (variant,) = variants.load(ASSIGNMENT, write(BLOCK))
        assert cells(variant.notebook) == [("code", "import tensorflow as tf")]

    def test_passes_turns_it_round_and_may_fail_leaves_open(self, write: Write) -> None:
        text = BLOCK.replace(
            'fails = ["small_errors"]', 'passes = ["graph"]\n# may_fail = ["scale"]'
        )
        (variant,) = variants.load(ASSIGNMENT, write(text))
        assert variant.expected.must_pass("graph")
        assert variant.expected.must_fail("training")
        assert not variant.expected.must_pass("scale")
        assert not variant.expected.must_fail("scale")

    def test_comments_may_stand_inside_the_block(self, write: Write) -> None:
        text = BLOCK.replace("# says", "# # why this is so\n#\n# says")
        assert len(variants.load(ASSIGNMENT, write(text))) == 1

    def test_a_right_variant_must_pass_everything_and_get_no_diagnosis(self, write: Write) -> None:
        text = BLOCK.replace('# fails = ["small_errors"]\n', "")
        (variant,) = variants.load(ASSIGNMENT, write(text, "right/one.py"))
        assert variant.right
        assert variant.expected == Expectation(diagnosis="")
        assert variant.expected.must_pass("small_errors")

    def test_a_notebook_has_its_block_beside_it(self, write: Write) -> None:
        write('exercises = ["my_huber_loss"]\nsays = "a lab"\n', "right/lab.toml")
        (variant,) = variants.load(ASSIGNMENT, write('{"cells": []}', "right/lab.ipynb"))
        assert (variant.name, variant.notebook) == ("right/lab", b'{"cells": []}')

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("import tensorflow as tf\n", "has no block"),
            (BLOCK.replace("# ///\n", "", 1).replace("# /// variant", "# ///"), "has no block"),
            (BLOCK.replace("fails =", "fials ="), "fials"),
            (BLOCK.replace("my_huber_loss", "my_hubber_loss"), "my_hubber_loss"),
            (BLOCK.replace('["my_huber_loss"]', "[]"), "none of the six"),
            (BLOCK.replace('# fails = ["small_errors"]\n', ""), "either fails or passes"),
            (BLOCK.replace("# ///\n", "# passes = []\n# ///\n"), "either fails or passes"),
            (BLOCK.replace('["small_errors"]', "[]"), "at least one"),
            (BLOCK.replace("# ///\n", '# status = "wrong"\n# ///\n'), "status"),
            (BLOCK.replace('says = "', "says = "), "one.py"),
        ],
        ids=[
            "no block",
            "a block that does not begin",
            "a key with a typing mistake",
            "an unknown exercise",
            "no exercise",
            "nothing said of the checks",
            "both fails and passes",
            "a mistake without a loss",
            "an unknown status",
            "no TOML",
        ],
    )
    def test_what_makes_no_sense_is_refused_with_the_file(
        self, write: Write, text: str, words: str
    ) -> None:
        with pytest.raises(UsageError, match=r"mistakes/one\.py") as raised:
            variants.load(ASSIGNMENT, write(text))
        assert words in str(raised.value)
        assert "\n" not in str(raised.value).strip()

    def test_a_right_variant_that_may_fail_is_refused(self, write: Write) -> None:
        with pytest.raises(UsageError, match=r"right/one\.py: a right variant says nothing but"):
            variants.load(ASSIGNMENT, write(BLOCK, "right/one.py"))

    def test_a_notebook_without_its_block_is_refused(self, write: Write) -> None:
        with pytest.raises(UsageError, match=r"lab\.toml"):
            variants.load(ASSIGNMENT, write("{}", "right/lab.ipynb"))

    def test_a_project_without_variants_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="holds no variants"):
            variants.load(ASSIGNMENT, tmp_path)


class TestNotebooks:
    def test_marks_part_the_cells(self) -> None:
        source = "x = 1\n# %%\n\ny = 2\n\n# %% [markdown]\n# # Title\n# text\n#\n# %% last\nz = 3\n"
        assert cells(variants.to_notebook(source)) == [
            ("code", "x = 1"),
            ("code", "y = 2"),
            ("markdown", "# Title\ntext\n"),
            ("code", "z = 3"),
        ]

    def test_a_file_may_begin_with_a_mark(self) -> None:
        assert cells(variants.to_notebook("# %%\nx = 1\n")) == [("code", "x = 1")]

    def test_what_is_no_python_stays_as_it_is(self) -> None:
        source = "%matplotlib inline\n# %%\n!ls (\n"
        assert cells(variants.to_notebook(source)) == [
            ("code", "%matplotlib inline"),
            ("code", "!ls ("),
        ]

    def test_the_same_file_gives_the_same_bytes(self) -> None:
        once, again = (variants.to_notebook("x = 1\n# %%\ny = 2\n") for _ in range(2))
        assert once == again
        assert [cell["id"] for cell in json.loads(once)["cells"]] == ["cell-1", "cell-2"]


def variant(expected: Expectation, *, right: bool = False) -> Variant:
    return Variant("mistakes/one", (HUBER,), "says", right, expected, b"")


def report(*failed: str, diagnosis: str = "", status: ExerciseStatus | None = None) -> Report:
    """A report on one exercise of three checks, some of which failed."""
    checks = [
        make_check(
            name,
            CheckStatus.FAILED if name in failed else CheckStatus.PASSED,
            message="look here" if name in failed else "",
        )
        for name in ("small_errors", "large_errors", "graph")
    ]
    named = Diagnosis(diagnosis, "words") if diagnosis else None
    return make_report(make_exercise(HUBER, *checks, diagnosis=named, status=status))


def fails(*names: str, **more: object) -> Expectation:
    return Expectation(fails=frozenset(names), **more)  # type: ignore[arg-type]


class TestDifferences:
    def test_what_comes_out_as_said_is_none(self) -> None:
        assert variants.differences(variant(fails("graph")), report("graph")) == ()

    @pytest.mark.parametrize(
        ("expected", "seen", "words"),
        [
            (
                fails("graph"),
                report("small_errors"),
                "small_errors should pass, is failed (look here)",
            ),
            (fails("graph"), report("small_errors"), "graph should fail, is passed"),
            (fails("graph"), report(), "loses no point"),
            (fails("graf"), report("graph"), "there is no check 'graf'"),
            (
                fails("graph", diagnosis="half-missing"),
                report("graph"),
                "the diagnosis is '', not 'half-missing'",
            ),
            (
                fails("graph", diagnosis=""),
                report("graph", diagnosis="half-missing"),
                "the diagnosis is 'half-missing', not ''",
            ),
            (
                fails("graph", status=ExerciseStatus.BROKEN),
                report("graph", status=ExerciseStatus.MISSING),
                "is missing, not broken",
            ),
            (Expectation(fails=None), report("graph"), "large_errors should fail, is passed"),
        ],
        ids=[
            "a check fails that should pass",
            "a check passes that should fail",
            "nothing is lost",
            "a check that does not exist",
            "no diagnosis where one is known",
            "a diagnosis where none fits",
            "another status",
            "all should fail",
        ],
    )
    def test_what_comes_out_otherwise_is_a_line(
        self, expected: Expectation, seen: Report, words: str
    ) -> None:
        lines = variants.differences(variant(expected), seen)
        assert f"mistakes/one: {HUBER}: {words}" in lines

    def test_a_check_left_open_may_go_either_way(self) -> None:
        expected = fails("graph", open=frozenset({"small_errors"}))
        assert variants.differences(variant(expected), report("graph")) == ()
        assert variants.differences(variant(expected), report("graph", "small_errors")) == ()

    def test_a_right_variant_that_loses_a_point_is_a_line(self) -> None:
        right = variant(Expectation(diagnosis=""), right=True)
        assert variants.differences(right, report()) == ()
        assert variants.differences(right, report("graph")) == (
            f"mistakes/one: {HUBER}: graph should pass, is failed (look here)",
        )

    def test_a_notebook_that_could_not_be_read_is_a_line(self) -> None:
        unreadable = make_report(status=Status.UNREADABLE, message="no JSON")
        assert variants.differences(variant(fails("graph")), unreadable) == (
            "mistakes/one: unreadable (no JSON)",
        )


@pytest.fixture(scope="module")
def known() -> tuple[Variant, ...]:
    """All variants of this project."""
    return variants.load(ASSIGNMENT, Path(__file__).resolve().parents[2])


class TestTheProjectsOwn:
    """What is in `solutions`; `grader validate` grades it."""

    def test_there_are_many_of_both_kinds(self, known: tuple[Variant, ...]) -> None:
        assert sum(each.right for each in known) >= 60
        assert sum(not each.right for each in known) >= 120

    @pytest.mark.parametrize("exercise", BY_NAME)
    def test_each_exercise_has_its_own(self, known: tuple[Variant, ...], exercise: str) -> None:
        about = [each for each in known if exercise in each.exercises]
        assert sum(each.right for each in about) >= 5
        assert sum(not each.right for each in about) >= 15

    def test_they_name_checks_of_the_rubric(self, known: tuple[Variant, ...]) -> None:
        rows = {(row.exercise, row.name) for row in rubric_table(ASSIGNMENT)}
        unknown = [
            (each.name, check)
            for each in known
            for exercise in each.exercises
            for check in each.expected.named
            if (exercise, check) not in rows
        ]
        assert unknown == []

    def test_no_two_are_the_same_and_each_says_what_it_is(self, known: tuple[Variant, ...]) -> None:
        assert len({each.notebook for each in known}) == len(known)
        assert all(each.says for each in known)

    def test_most_mistakes_say_which_diagnosis_is_right(self, known: tuple[Variant, ...]) -> None:
        mistakes = [each for each in known if not each.right]
        asked = [each for each in mistakes if each.expected.diagnosis is not None]
        assert len(asked) >= 0.9 * len(mistakes)
