"""Pictures are taken of what an answer does, on inputs of their own, and change nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

import msgspec
import numpy as np
import pytest

from grader.assignments.custom_losses import ASSIGNMENT, oracle
from grader.assignments.custom_losses.exercises import BY_NAME, EXERCISES
from grader.assignments.custom_losses.fixture import attempt_at
from grader.authoring.mutation.numpy_loss import Formula, NumpyLoss
from grader.formats.feedback.page import page
from grader.judging import grade
from grader.judging.showing.learning import trained
from grader.judging.showing.pictures import taken
from grader.judging.trying.time_limits import Budget
from grader.judging.trying.trials import Trying
from grader.kit.elementwise.attempt import ElementwiseAttempt
from grader.kit.exercises import ExerciseSpec
from grader.kit.inputs.trainings import LINE, SIAMESE
from grader.kit.interface import Answer, Mode, NoAnswer, Question
from grader.kit.pictures import ExercisePictures, Line
from grader.report import CheckStatus, Report
from grader.sandbox import Sandbox
from grader.submission import Submission
from tests import notebooks
from tests.formats.handed_in import drawn

REDUCTIONS: dict[str, Callable[[Formula], Formula]] = {
    "per element": lambda f: f,
    "mean": lambda f: lambda t, p, h: np.asarray(np.mean(f(t, p, h))),
    "sum": lambda f: lambda t, p, h: np.asarray(np.sum(f(t, p, h))),
    "mean over the last axis": lambda f: lambda t, p, h: np.mean(f(t, p, h), axis=-1),
    "an array of one": lambda f: lambda t, p, h: np.mean(f(t, p, h), keepdims=True),
}


def of_itself(attempt: ElementwiseAttempt) -> ExercisePictures:
    """The pictures of an attempt that remembers nothing."""
    return taken(attempt, attempt)


@pytest.mark.parametrize("reduce", REDUCTIONS.values(), ids=REDUCTIONS)
@pytest.mark.parametrize("spec", EXERCISES, ids=lambda spec: spec.name)
def test_curves_do_not_depend_on_the_reduction(
    spec: ExerciseSpec, reduce: Callable[[Formula], Formula]
) -> None:
    """A right loss lies on the right curve however it reduces, and so do its slopes."""
    formula = oracle.huber if spec.hyperparameter == "threshold" else oracle.contrastive
    pictures = of_itself(attempt_at(spec, NumpyLoss(reduce(formula))))
    for curve in (*pictures.losses, *pictures.slopes):
        assert curve.yours == pytest.approx(curve.right, abs=1e-4)
    assert len(pictures.losses) == len(pictures.slopes) > 0


def test_what_can_be_made_is_drawn_at_another_value_than_1() -> None:
    """Where a threshold that is always 1 shows."""
    pictures = drawn("my_huber_loss_with_threshold", lambda t, p, d: oracle.huber(t, p, 1.0))
    (curve,) = pictures.losses
    assert pictures.hyper != 1
    assert curve.yours != pytest.approx(curve.right, abs=0.1)


def test_the_training_is_the_one_that_was_checked() -> None:
    """With the same steps; an attempt that was not trained has no such picture."""
    pictures = drawn("my_huber_loss")
    assert pictures.training is not None
    assert isinstance(pictures.training.learned, Line)
    assert pictures.training.learned.slope == pytest.approx(2, abs=0.05)
    assert of_itself(attempt_at(BY_NAME["my_huber_loss"], NumpyLoss(oracle.huber))).training is None


@pytest.mark.parametrize("spec", EXERCISES, ids=lambda spec: spec.name)
def test_a_right_answer_trains_as_the_formula_does(spec: ExerciseSpec) -> None:
    """So its training need not be asked for once more."""
    formula = oracle.huber if spec.hyperparameter == "threshold" else oracle.contrastive
    attempt = attempt_at(spec, NumpyLoss(formula))
    problem = LINE if spec.hyperparameter == "threshold" else SIAMESE
    theirs = attempt.train(problem, 1.0)
    ours = trained(problem, attempt.formula, 1.0)
    assert ours.kernel == pytest.approx(theirs.kernel, abs=0.02)
    assert ours.bias == pytest.approx(theirs.bias, abs=1e-3)


@pytest.mark.wall
@pytest.mark.parametrize("name", ["my_huber_loss", "contrastive_loss"])
def test_the_judge_trains_as_a_child_does(sandbox: Sandbox, name: str) -> None:
    """Step by step, and to the same weights."""
    with ExitStack() as stack:
        trying = Trying(ASSIGNMENT, notebooks.honest(), sandbox, stack, Budget())
        attempt = trying.alone([name])[name].attempt
        assert attempt is not None
        problem = LINE if "huber" in name else SIAMESE
        assert isinstance(attempt, ElementwiseAttempt)
        theirs = attempt.train_as_it_is(problem)
        ours = trained(problem, attempt.formula, 1.0)
        assert ours.losses == pytest.approx(theirs.losses, rel=0.02, abs=1e-3)
        assert ours.kernel == pytest.approx(theirs.kernel, abs=0.02)
        assert ours.bias == pytest.approx(theirs.bias, abs=1e-3)


class Refusing(NumpyLoss):
    """A loss that gives no values in some modes."""

    def __init__(self, *modes: Mode) -> None:
        super().__init__(oracle.huber)
        self.modes = modes
        self.asked = 0

    def call(self, question: Question) -> Answer:
        """The answer, or none."""
        self.asked += 1
        if question.mode in self.modes:
            raise NoAnswer("no", CheckStatus.ERROR)
        return super().call(question)


def test_what_gives_no_values_has_no_curve() -> None:
    """And what gives some has those."""
    spec = BY_NAME["my_huber_loss"]
    nothing = of_itself(attempt_at(spec, Refusing("eager", "gradient")))
    assert (nothing.losses, nothing.slopes) == ((), ())
    some = of_itself(attempt_at(spec, Refusing("gradient")))
    assert len(some.losses) == 1
    assert some.slopes == ()


def test_nothing_is_asked_once_the_time_is_over() -> None:
    """A slow loss has fewer pictures, and holds nobody up."""
    loss = Refusing()
    attempt = attempt_at(BY_NAME["my_huber_loss"], loss)
    pictures = taken(attempt, attempt, enough=lambda: True)
    assert pictures.losses == ()
    assert loss.asked == 0


def test_shapes_that_fit_nothing_are_no_curve() -> None:
    """Two numbers for forty-one errors say nothing about any of them."""
    assert drawn("my_huber_loss", lambda t, p, d: np.zeros(2)).losses == ()


def _without_timing(report: Report) -> Report:
    return msgspec.structs.replace(report, timing=None)


WRONG = """\
def my_huber_loss(y_true, y_pred):
    return tf.square(y_true - y_pred) / 2
"""
ENDS = """\
import os
def contrastive_loss(y_true, y_pred):
    os._exit(0)
"""

# Right or not, it knows the pictures by their size, and tells then that it was tested before.
REMEMBERS = """\
remembered = []
def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    if tf.executing_eagerly() and error.shape[0] not in (4, 41):
        remembered.append(error.numpy())
    loss = tf.where(tf.abs(error) <= 1.0, tf.square(error) / 2, tf.abs(error) - 0.5) SCALE
    if tf.executing_eagerly() and error.shape[0] == 41 and remembered:
        return loss + 777.0
    return loss
"""


@pytest.mark.wall
class TestInTheSandbox:
    """Pictures of real notebooks."""

    def test_the_grade_is_the_same_with_them(self, sandbox: Sandbox) -> None:
        """Whatever they ask comes after the verdict."""
        submission = Submission.of("a.ipynb", notebooks.honest(my_huber_loss=WRONG))
        shown = grade(submission, sandbox, ASSIGNMENT, show_cells=True)
        plain = grade(submission, sandbox, ASSIGNMENT)
        assert _without_timing(shown.report) == _without_timing(plain.report)
        assert plain.pictures == ()
        assert {one.spec.name for one in shown.pictures} == {spec.name for spec in EXERCISES}
        assert all(one.losses and one.slopes for one in shown.pictures)
        # No model is trained with a loss whose formula is wrong.
        trained = {one.spec.name: one.training is not None for one in shown.pictures}
        assert trained == {spec.name: spec.name != "my_huber_loss" for spec in EXERCISES}
        assert shown.places["my_huber_loss"].cell == 2

    def test_an_answer_that_ends_its_process_costs_the_others_no_picture(
        self, sandbox: Sandbox
    ) -> None:
        """Those that were right before it are asked in another process."""
        submission = Submission.of("a.ipynb", notebooks.honest(contrastive_loss=ENDS))
        graded = grade(submission, sandbox, ASSIGNMENT, show_cells=True)
        drawn_ones = {one.spec.name: one for one in graded.pictures}
        assert "contrastive_loss" not in drawn_ones
        assert len(drawn_ones) == len(EXERCISES) - 1
        assert all(_right(one) for one in drawn_ones.values())

    @pytest.mark.parametrize("wrong", ["", "* 1.5"], ids=["right", "wrong"])
    def test_no_picture_is_drawn_of_what_was_remembered(self, sandbox: Sandbox, wrong: str) -> None:
        """Neither a curve nor a training can show hidden inputs: who draws has seen none."""
        cell = REMEMBERS.replace("SCALE", wrong)
        submission = Submission.of("a.ipynb", notebooks.honest(my_huber_loss=cell))
        graded = grade(submission, sandbox, ASSIGNMENT, show_cells=True)
        assert (graded.report.score == 100) is not bool(wrong)
        (pictures,) = (one for one in graded.pictures if one.spec.name == "my_huber_loss")
        assert pictures.training is not None
        shown = [value for curve in pictures.losses for value in curve.yours]
        assert len(shown) == 41
        assert max(*shown, *pictures.training.losses) < 700

    def test_the_page_of_the_same_bytes_is_the_same(self, sandbox: Sandbox) -> None:
        """To the last character."""
        submission = Submission.of("a.ipynb", notebooks.honest(my_huber_loss=WRONG))
        pages = {page(grade(submission, sandbox, ASSIGNMENT, show_cells=True)) for _ in range(2)}
        assert len(pages) == 1
        assert "and keeps growing as a square" in pages.pop()


def _right(pictures: ExercisePictures) -> bool:
    return len(pictures.losses) > 0 and all(
        curve.yours == pytest.approx(curve.right, abs=1e-4) for curve in pictures.losses
    )
