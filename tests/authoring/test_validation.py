"""What `grader validate` concludes: from reports made by hand, and on a small real project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.assignments.custom_losses.exercises import Family
from grader.authoring import marks, slips, validation
from grader.authoring.many import grade_all
from grader.authoring.variants import Expectation, Variant, to_notebook
from grader.errors import UsageError
from grader.judging import rubric_table
from grader.report import CheckStatus, Diagnosis, ExerciseStatus, Report
from grader.sandbox import Sandbox, start
from grader.validation_results import (
    KEPT,
    Agreement,
    Diagnoses,
    Item,
    MutantTable,
    SlipTable,
    Subject,
    Validation,
)
from tests.reports import make_check, make_exercise, make_report

PROJECT = Path(__file__).resolve().parents[2]
HUBER = "my_huber_loss"
FAIR = Agreement(count=0, rank_correlation=1, mean_difference=0, far=0, outside=0, differences=())
NOTHING = Diagnoses(covered=0, right=0, silent=0, wrong=0)


def graded(
    *failed: str, exercise: str = HUBER, named: str = "", expected: str | None = None,
    right: bool = False, status: ExerciseStatus | None = None,
) -> tuple[Variant, Report]:  # fmt: skip
    """A variant, and a report in which these checks of its exercise failed."""
    rows = [row for row in rubric_table(ASSIGNMENT) if row.exercise == exercise]
    checks = [
        make_check(row.name, CheckStatus.FAILED if row.name in failed else CheckStatus.PASSED)
        for row in rows
    ]
    diagnosis = Diagnosis(named, "words") if named else None
    report = make_report(make_exercise(exercise, *checks, diagnosis=diagnosis, status=status))
    return Variant(
        "mistakes/one", (exercise,), "", right, Expectation(diagnosis=expected), b""
    ), report


def item_of(items: tuple[Item, ...], family: Family, check: str) -> Item:
    return next(item for item in items if (item.family, item.check) == (family, check))


class TestItems:
    def test_a_check_is_alone_where_nothing_else_fails(self) -> None:
        items = validation.items(ASSIGNMENT, [graded("graph"), graded("graph", "training")], {})
        assert item_of(items, Family.HUBER, "graph") == Item(
            Family.HUBER, "graph", caught=2, alone=1, reason=""
        )
        training = item_of(items, Family.HUBER, "training")
        assert (training.caught, training.alone) == (1, 0)
        assert not training.earns_its_place

    def test_the_two_losses_are_counted_apart(self) -> None:
        items = validation.items(ASSIGNMENT, [graded("graph", exercise="contrastive_loss")], {})
        assert item_of(items, Family.CONTRASTIVE, "graph").alone == 1
        assert item_of(items, Family.HUBER, "graph").alone == 0

    def test_right_variants_and_absent_exercises_prove_nothing(self) -> None:
        pairs = [
            graded("graph", right=True),
            graded("graph", status=ExerciseStatus.MISSING),
            graded("graph", status=ExerciseStatus.BROKEN),
        ]
        assert item_of(validation.items(ASSIGNMENT, pairs, {}), Family.HUBER, "graph").caught == 0

    def test_every_check_of_the_rubric_is_there_once_for_each_loss(self) -> None:
        items = validation.items(ASSIGNMENT, [], {})
        assert len({(item.family, item.check) for item in items}) == len(items)
        assert {item.check for item in items} == {row.name for row in rubric_table(ASSIGNMENT)}

    def test_a_reason_counts(self) -> None:
        items = validation.items(ASSIGNMENT, [], {Family.HUBER: {"graph": "it says more"}})
        assert item_of(items, Family.HUBER, "graph").earns_its_place
        assert not item_of(items, Family.CONTRASTIVE, "graph").earns_its_place

    def test_a_reason_for_a_check_that_does_not_exist_is_refused(self) -> None:
        with pytest.raises(UsageError, match=r"kept\.toml: huber has no check 'graf'"):
            validation.items(ASSIGNMENT, [], {Family.HUBER: {"graf": "it says more"}})


class TestDiagnoses:
    def test_right_silent_and_wrong_names_are_told_apart(self) -> None:
        found = validation.diagnoses(
            [
                graded(expected="half-missing", named="half-missing"),
                graded(expected="half-missing"),
                graded(expected="half-missing", named="half-twice"),
                graded(expected="", named="half-twice"),
                graded(expected=""),
                graded(expected=None, named="half-twice"),
            ]
        )
        assert found == Diagnoses(covered=3, right=1, silent=1, wrong=2)


class TestReferenceAndStarter:
    def test_a_reference_with_full_points_is_well(self) -> None:
        assert validation.reference(graded()[1], ASSIGNMENT.sources.reference).differences == ()

    def test_a_reference_that_loses_a_point_is_not(self) -> None:
        lines = validation.reference(graded("graph")[1], ASSIGNMENT.sources.reference).differences
        assert lines[0].startswith("the reference notebook: my_huber_loss: graph is failed")
        assert "scores" in lines[1]

    def test_a_starter_must_score_nothing_and_hear_why(self) -> None:
        silent = make_exercise(HUBER, make_check("graph", CheckStatus.FAILED))
        kind = make_exercise(HUBER, make_check("graph", CheckStatus.FAILED), message="not yet")
        assert validation.starter(make_report(kind), ASSIGNMENT.sources.starter).differences == ()
        (line,) = validation.starter(make_report(silent), ASSIGNMENT.sources.starter).differences
        assert "does not say why" in line

    def test_a_starter_with_points_is_a_difference(self) -> None:
        (line, *_) = validation.starter(graded()[1], ASSIGNMENT.sources.starter).differences
        assert line.startswith("the untouched notebook scores")


class TestSlips:
    def test_those_that_nobody_thought_of_may_be_missed_more_often(self) -> None:
        """They are drawn at random, and only `--mutants` draws them."""
        some = SlipTable(100, tuple("abcdefghij"), ())
        assert Validation((), (), NOTHING, FAIR, unseen=some).differences == ()
        many = SlipTable(10, ("a", "b"), ())
        (line,) = Validation((), (), NOTHING, FAIR, unseen=many).differences
        assert line == "too few slips are found; not those of a, b"

    def lines(self, table: SlipTable) -> tuple[str, ...]:
        return Validation((), (), NOTHING, FAIR, slips=table).differences

    def test_nearly_all_found_and_placed_is_well(self) -> None:
        assert self.lines(SlipTable(100, ("a", "b"), ("c",))) == ()

    def test_too_few_found_are_named(self) -> None:
        (line,) = self.lines(SlipTable(10, ("a", "b"), ()))
        assert line == "too few slips are found; not those of a, b"

    def test_too_many_elsewhere_are_named(self) -> None:
        (line,) = self.lines(SlipTable(10, (), ("c",)))
        assert line == "too many slips are told to be elsewhere: those of c"


class TestTheWhole:
    def whole(self, *items: Item, mutants: MutantTable | None = None) -> tuple[str, ...]:
        subject = Subject("right/one", "right", "", 15, ("right/one: a line",))
        return Validation((subject,), items, NOTHING, FAIR, mutants=mutants).differences

    def test_all_lines_come_together(self) -> None:
        idle = Item(Family.HUBER, "graph", caught=3, alone=0, reason="")
        mutants = MutantTable((), ("survives: one",))
        assert self.whole(idle, mutants=mutants) == (
            "right/one: a line",
            (
                "the check graph of huber is never alone in catching a mistake, and "
                "kept.toml has no reason for it"
            ),
            "survives: one",
        )

    def test_a_reason_that_is_needed_no_more_is_a_line(self) -> None:
        busy = Item(Family.HUBER, "graph", caught=3, alone=1, reason="it says more")
        assert "needs no reason" in self.whole(busy)[1]

    def test_a_check_that_is_alone_or_has_a_reason_is_well(self) -> None:
        busy = Item(Family.HUBER, "graph", caught=3, alone=1, reason="")
        kept = Item(Family.HUBER, "training", caught=3, alone=0, reason="it says more")
        assert self.whole(busy, kept) == ("right/one: a line",)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A worker in the strongest tier that works here."""
    with start() as started:
        yield started


RIGHT = """\
# /// variant
# exercises = ["my_huber_loss"]
# says = "no branch"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    size = tf.abs(y_true - y_pred)
    small = tf.minimum(size, 1.0)
    return small * (size - small / 2)
"""
MISTAKE = """\
# /// variant
# exercises = ["my_huber_loss"]
# says = "the half is missing"
# fails = ["small_errors"]
# diagnosis = "half-missing"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    size = tf.abs(y_true - y_pred)
    return tf.where(size <= 1, size ** 2, size - 0.5)
"""
READINGS = """\
[one]
kind = "one slip"
mark = 55
band = [42, 70]
why = "the half is missing"
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project with the real notebooks, one right variant and one mistake."""
    for path in (ASSIGNMENT.sources.reference, ASSIGNMENT.sources.starter):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes((PROJECT / path).read_bytes())
    for name, text in (("right/one.py", RIGHT), ("mistakes/one.py", MISTAKE)):
        path = tmp_path / "solutions" / name
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    (tmp_path / ASSIGNMENT.sources.solutions / marks.MARKS).write_text(READINGS, encoding="utf-8")
    (tmp_path / ASSIGNMENT.sources.solutions / slips.SLIPS).write_text("", encoding="utf-8")
    return tmp_path


@pytest.mark.wall
class TestARealProject:
    def test_what_is_said_comes_out(self, small: Path, sandbox: Sandbox) -> None:
        seen: list[tuple[int, int]] = []
        result = validation.validate(
            ASSIGNMENT, small, sandbox, on_progress=lambda *pair: seen.append(pair)
        )
        assert [(each.kind, each.score) for each in result.subjects] == [
            ("reference", 100),
            ("starter", 0),
            ("right", 15),
            ("mistake", 7.75),
        ]
        assert [line for line in result.differences if "is never alone" not in line] == []
        assert result.diagnoses == Diagnoses(covered=1, right=1, silent=0, wrong=0)
        assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
        assert (result.agreement.count, result.agreement.outside) == (1, 0)
        assert result.slips.known == 0
        assert [len(each.survivors) for each in result.survivals] == [0, 0]

    def test_a_mistake_without_a_reading_is_named(self, small: Path, sandbox: Sandbox) -> None:
        (small / ASSIGNMENT.sources.solutions / marks.MARKS).write_text("", encoding="utf-8")
        with pytest.raises(UsageError, match=r"marks\.toml: one is not both a known mistake"):
            validation.validate(ASSIGNMENT, small, sandbox)

    def test_what_is_said_wrongly_is_found(self, small: Path, sandbox: Sandbox) -> None:
        (small / "solutions/mistakes/one.py").write_text(
            MISTAKE.replace("small_errors", "graph"), encoding="utf-8"
        )
        lines = validation.validate(ASSIGNMENT, small, sandbox).differences
        assert any(
            "mistakes/one: my_huber_loss: small_errors should pass" in line for line in lines
        )
        assert any(
            line.startswith("mistakes/one: my_huber_loss: graph should fail, is skipped")
            for line in lines
        )

    def test_without_a_reference_there_is_one_clear_line(
        self, small: Path, sandbox: Sandbox
    ) -> None:
        (small / ASSIGNMENT.sources.reference).unlink()
        with pytest.raises(UsageError, match=r"custom_losses\.ipynb: can't be read"):
            validation.validate(ASSIGNMENT, small, sandbox)

    def test_a_pool_gives_the_same_reports_in_the_same_order(self, sandbox: Sandbox) -> None:
        notebooks = [
            (f"{name}.ipynb", to_notebook(text)) for name, text in (("a", RIGHT), ("b", MISTAKE))
        ]
        here = grade_all(notebooks, sandbox, ASSIGNMENT)
        there = grade_all(notebooks, sandbox, ASSIGNMENT, jobs=2)
        assert [each.submission for each in there] == [each.submission for each in here]
        assert [each.exercises for each in there] == [each.exercises for each in here]


@pytest.mark.parametrize(
    "text", ["[huber", '[hubert]\ngraph = "x"', "huber = 1"], ids=["no TOML", "no loss", "no table"]
)
def test_reasons_that_cannot_be_read_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "solutions/right").mkdir(parents=True)
    (tmp_path / "solutions/right/one.py").write_text(RIGHT, encoding="utf-8")
    (tmp_path / ASSIGNMENT.sources.solutions / KEPT).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"kept\.toml: "):
        validation.validate(ASSIGNMENT, tmp_path, None)  # type: ignore[arg-type]  # never reached
