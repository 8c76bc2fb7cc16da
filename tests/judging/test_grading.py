"""Whole notebooks through the real wall: what they earn, and what their students read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.judging import grade
from grader.judging.verdicts import UNPLACED
from grader.report import CheckStatus, Exercise, ExerciseStatus, Report, Status
from grader.sandbox import Sandbox
from grader.submission import MAX_BYTES, Submission
from tests import notebooks

pytestmark = pytest.mark.wall

Grade = Callable[[bytes], Report]


def failing(exercise: Exercise) -> set[str]:
    """The checks that fail by themselves, not for want of others."""
    fine = (CheckStatus.PASSED, CheckStatus.SKIPPED)
    return {check.name for check in exercise.checks if check.status not in fine}


def by_name(report: Report) -> dict[str, Exercise]:
    return {exercise.name: exercise for exercise in report.exercises}


def others_are_right(report: Report, *names: str) -> bool:
    return all(
        exercise.status is ExerciseStatus.PASSED
        for exercise in report.exercises
        if exercise.name not in names
    )


def test_the_reference_scores_100(graded: Grade, project: Path) -> None:
    report = graded((project / "solutions" / "custom_losses.ipynb").read_bytes())
    assert report.score == report.max_score == 100
    assert not any(failing(exercise) for exercise in report.exercises)


def test_the_untouched_starter_scores_0_and_says_kindly_why(graded: Grade, project: Path) -> None:
    report = graded((project / "assignment" / "custom_losses.ipynb").read_bytes())
    assert report.status is Status.GRADED
    assert report.score == 0
    for exercise in report.exercises:
        assert "not written yet" in exercise.message
        assert exercise.unwritten


def test_an_honest_notebook_scores_100(graded: Grade) -> None:
    assert graded(notebooks.honest()).score == 100


def test_a_script_is_graded_like_a_notebook_and_lines_are_the_files(graded: Grade) -> None:
    """A missing comma in one cell of it costs that exercise alone."""
    broken = "def my_huber_loss(y_true y_pred):\n    return y_pred\n"
    wrong = notebooks.CONTRASTIVE.replace("1 - y_pred", "2 - y_pred")
    cells = {**notebooks.HONEST, "my_huber_loss": broken, "contrastive_loss": wrong}
    script = "".join(f"# %%\n{cell}\n" for cell in cells.values())
    report = graded(script.encode())
    assert others_are_right(report, "my_huber_loss", "contrastive_loss")
    first = by_name(report)["my_huber_loss"]
    assert first.status is ExerciseStatus.BROKEN
    lines = script.split("\n")
    assert f"line {lines.index('def my_huber_loss(y_true y_pred):') + 1}:" in first.message
    places = [check.line for check in by_name(report)["contrastive_loss"].checks if check.line]
    assert places
    assert all(one.cell == 1 for one in places)
    assert "def contrastive_loss(" in lines[places[0].line - 1]
    assert report.notes[0].startswith("The file is a Python script")


def test_two_runs_differ_in_timing_alone(graded: Grade) -> None:
    data = notebooks.honest(
        my_huber_loss=notebooks.HUBER.replace(" / 2", ""),
        contrastive_loss="def contrastive_loss(y_true, y_pred):\n    return tf.square(ytrue)",
    )
    first, second = graded(data), graded(data)
    assert msgspec.structs.replace(first, timing=second.timing) == second


def test_a_typo_costs_its_own_exercise_alone(graded: Grade) -> None:
    """Even in a notebook that has everything in one cell."""
    typo = notebooks.HUBER.replace("error) / 2", "error) 2")
    cells = {**notebooks.HONEST, "my_huber_loss": typo}
    report = graded(notebooks.of_cells("\n".join(cells.values())))
    assert others_are_right(report, "my_huber_loss")
    broken = by_name(report)["my_huber_loss"]
    assert broken.status is ExerciseStatus.BROKEN
    assert broken.score < broken.max_score
    assert any("A part of cell 1 is not valid Python" in note for note in report.notes)


def test_a_single_exercise_gets_another_child_too(graded: Grade) -> None:
    """One input that ends the process costs what it would cost in company."""
    dies = notebooks.HUBER.replace(
        "    error",
        "    if len(y_true.shape) == 1:\n        import os\n        os._exit(0)\n    error",
        1,
    )
    alone = graded(notebooks.of_cells("import tensorflow as tf", dies))
    assert failing(by_name(alone)["my_huber_loss"]) == {"shapes"}
    in_company = graded(notebooks.honest(my_huber_loss=dies))
    assert by_name(alone)["my_huber_loss"].score == by_name(in_company)["my_huber_loss"].score


def test_a_class_whose_getattr_raises_is_no_attack(graded: Grade) -> None:
    """A `__getattr__` that looks into a dict is a mistake like others."""
    source = (
        "class MyHuberLoss:\n"
        "    def __init__(self, threshold=1.0):\n        self.__dict__['kept'] = {}\n"
        "    def __getattr__(self, name):\n        return self.kept[name]\n"
    )
    report = graded(notebooks.honest(MyHuberLoss=source))
    assert "channel" not in str(report)
    assert others_are_right(report, "MyHuberLoss")


GUARDED = """\
ready = False

def checked(error):
    if not ready:
        raise RuntimeError("no")
    return error

def my_huber_loss(y_true, y_pred):
    error = checked(y_true - y_pred)
    return tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
"""


def test_a_slip_that_can_be_mended_in_several_places_says_why_there_are_points(
    graded: Grade,
) -> None:
    """The flag, the question, the line that raises, and the call: none of them is the one."""
    report = graded(notebooks.honest(my_huber_loss=GUARDED))
    guarded = by_name(report)["my_huber_loss"]
    assert guarded.status is ExerciseStatus.PARTIAL
    assert 0 < guarded.score < guarded.max_score
    assert guarded.slip is None
    assert UNPLACED in guarded.message
    assert others_are_right(report, "my_huber_loss")


WRONG = {
    "half missing": ("my_huber_loss", notebooks.HUBER.replace(" / 2", ""), {"small_errors"}),
    "offset missing": ("my_huber_loss", notebooks.HUBER.replace(" - 0.5", ""), {"large_errors"}),
    "float16 on the way": (
        "my_huber_loss",
        notebooks.HUBER.replace(
            "error = y_true - y_pred", "error = tf.cast(y_true - y_pred, tf.float16)"
        ).replace(
            "return tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)",
            "r = tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)\n"
            "    return tf.cast(r, tf.float32)",
        ),
        {"precision"},
    ),
    "a result in float64": (
        "my_huber_loss",
        notebooks.HUBER.replace("y_true - y_pred", "tf.cast(y_true - y_pred, tf.float64)"),
        {"precision"},
    ),
    "threshold hard-coded": (
        "my_huber_loss_with_threshold",
        notebooks.HUBER_WRAPPER.replace(
            "error = y_true - y_pred", "threshold = 1.0\n        error = y_true - y_pred"
        ),
        {"other_thresholds"},
    ),
    "another parameter name": (
        "my_huber_loss_with_threshold",
        notebooks.HUBER_WRAPPER.replace("threshold", "delta").replace(
            "with_delta", "with_threshold"
        ),
        {"keyword"},
    ),
    "shared by all objects": (
        "MyHuberLoss",
        notebooks.HUBER_CLASS.replace(
            "self.threshold = threshold", "MyHuberLoss.threshold = threshold"
        ),
        {"side_by_side"},
    ),
    "no super().__init__()": (
        "MyHuberLoss",
        notebooks.HUBER_CLASS.replace("        super().__init__()\n", ""),
        {"called_by_keras"},
    ),
    "no subclass of Loss": (
        "ContrastiveLoss",
        notebooks.CONTRASTIVE_CLASS.replace("(Loss)", "")
        .replace("        super().__init__()\n", "")
        .replace("def call(", "def __call__("),
        {"subclass"},
    ),
    "labels swapped": (
        "contrastive_loss",
        notebooks.CONTRASTIVE.replace("y_true * pull", "y_true * push").replace(
            "(1 - y_true) * push", "(1 - y_true) * pull"
        ),
        {"labels"},
    ),
    "no mean": (
        "contrastive_loss",
        notebooks.CONTRASTIVE.replace("tf.reduce_mean", ""),
        {"reduction"},
    ),
    "max forgotten": (
        "contrastive_loss_with_margin",
        notebooks.CONTRASTIVE_WRAPPER.replace("tf.maximum(margin - y_pred, 0)", "margin - y_pred"),
        {"beyond_margin"},
    ),
    "margin from a global": (
        "contrastive_loss_with_margin",
        "m = 1.0\n" + notebooks.CONTRASTIVE_WRAPPER.replace("margin - y_pred", "m - y_pred"),
        {"other_margins"},
    ),
    "gradient stopped": (
        "contrastive_loss",
        notebooks.CONTRASTIVE.replace(
            "tf.square(y_pred)", "tf.square(tf.stop_gradient(y_pred))"
        ).replace("1 - y_pred", "1 - tf.stop_gradient(y_pred)"),
        {"gradient"},
    ),
    "a Python if on a tensor": (
        "my_huber_loss",
        """\
def my_huber_loss(y_true, y_pred):
    out = []
    for e in (y_true - y_pred).numpy().ravel():
        out.append(e * e / 2 if abs(e) <= 1 else abs(e) - 0.5)
    return tf.reshape(tf.constant(out, tf.float32), y_pred.shape)
""",
        {"gradient", "graph"},
    ),
}


@pytest.mark.parametrize(("name", "cell", "costs"), WRONG.values(), ids=WRONG)
def test_a_wrong_exercise_loses_exactly_what_it_should(
    graded: Grade, name: str, cell: str, costs: set[str]
) -> None:
    report = graded(notebooks.honest(**{name: cell}))
    assert failing(by_name(report)[name]) == costs
    assert others_are_right(report, name)


DISASTERS = {
    "ends the process": ("import os; os._exit(0)", CheckStatus.CRASHED),
    "crashes the process": ("import ctypes; ctypes.string_at(0)", CheckStatus.CRASHED),
    "never ends": ("while True: pass", CheckStatus.TIMEOUT),
    "leaves with sys.exit": ("import sys; sys.exit()", CheckStatus.ERROR),
    "raises what is no Exception": ("raise KeyboardInterrupt", CheckStatus.ERROR),
    "eats the memory": (
        "a = []\n    while True: a.append(bytearray(10**8))",
        CheckStatus.ERROR,
    ),
}


@pytest.mark.parametrize(("body", "status"), DISASTERS.values(), ids=DISASTERS)
def test_a_disaster_costs_its_exercise_alone(graded: Grade, body: str, status: CheckStatus) -> None:
    report = graded(
        notebooks.honest(my_huber_loss=f"def my_huber_loss(y_true, y_pred):\n    {body}\n")
    )
    exercise = by_name(report)["my_huber_loss"]
    assert exercise.status is ExerciseStatus.FAILED
    assert exercise.checks[0].status is status
    assert exercise.checks[0].message
    assert others_are_right(report, "my_huber_loss")


def test_a_definition_that_never_ends_breaks_its_exercise_alone(graded: Grade) -> None:
    loop = "class MyHuberLoss(Loss):\n    T = 0\n    while True: T += 1\n"
    report = graded(notebooks.honest(MyHuberLoss=loop))
    exercise = by_name(report)["MyHuberLoss"]
    assert exercise.status is ExerciseStatus.BROKEN
    assert "end" in exercise.message
    assert others_are_right(report, "MyHuberLoss")


def test_a_training_that_a_loss_is_bound_up_with_costs_nothing(graded: Grade) -> None:
    """It is interrupted: here the loss writes into what the training reads and writes too."""
    bound_up = (
        "seen = []\n"
        + notebooks.HUBER.replace("    error", "    seen.append(1)\n    error", 1)
        + "while True:\n    seen.append(my_huber_loss(tf.ones([2]), tf.zeros([2])))\n"
    )
    assert graded(notebooks.honest(my_huber_loss=bound_up)).score == 100


def test_a_number_that_is_never_found_costs_its_exercise_alone(graded: Grade) -> None:
    """The loop is interrupted, and the threshold is whatever it had come to."""
    loop = "T = 0\nwhile T >= 0: T += 1\n" + notebooks.HUBER.replace("<= 1", "<= T")
    report = graded(notebooks.honest(my_huber_loss=loop))
    assert by_name(report)["my_huber_loss"].status is ExerciseStatus.PARTIAL
    assert others_are_right(report, "my_huber_loss")


def test_a_missing_name_is_helped(graded: Grade) -> None:
    report = graded(
        notebooks.honest(my_huber_loss=notebooks.HUBER.replace("my_huber_loss", "my_hubber_loss"))
    )
    exercise = by_name(report)["my_huber_loss"]
    assert exercise.status is ExerciseStatus.MISSING
    assert "my_hubber_loss" in exercise.message
    assert others_are_right(report, "my_huber_loss")


def test_a_broken_definition_says_what_and_where(graded: Grade) -> None:
    report = graded(notebooks.honest(MyHuberLoss=notebooks.HUBER_CLASS.replace("(Loss)", "(Los)")))
    exercise = by_name(report)["MyHuberLoss"]
    assert exercise.status is ExerciseStatus.BROKEN
    assert "NameError" in exercise.message
    assert "Los" in exercise.message
    assert exercise.checks[0].line is not None
    assert exercise.checks[0].line.cell == 4


def test_a_name_that_an_earlier_line_did_not_give_is_traced_to_that_line(graded: Grade) -> None:
    """In a loss and in a class's head; the line that failed is what to mend."""
    half = "HALF = float(open('params.txt').read())\n"
    report = graded(
        notebooks.honest(
            my_huber_loss=half + notebooks.HUBER.replace("0.5", "HALF"),
            MyHuberLoss="Base = Los\n" + notebooks.HUBER_CLASS.replace("(Loss)", "(Base)"),
        )
    )
    huber, huber_class = by_name(report)["my_huber_loss"], by_name(report)["MyHuberLoss"]
    assert "name 'HALF' is not defined. What was to define it stops in cell 2, line 1, with" in (
        huber.message
    )
    assert "FileNotFoundError: [Errno 2] No such file or directory: 'params.txt'." in huber.message
    assert "stops in cell 4, line 1, with NameError: name 'Los' is not defined." in (
        huber_class.message
    )
    assert others_are_right(report, "my_huber_loss", "MyHuberLoss")


def test_a_name_that_ends_as_a_number_is_broken(graded: Grade) -> None:
    report = graded(notebooks.honest(my_huber_loss=notebooks.HUBER + "\nmy_huber_loss = 3"))
    assert by_name(report)["my_huber_loss"].status is ExerciseStatus.BROKEN
    assert others_are_right(report, "my_huber_loss")


BUILT_IN = {
    "class": "my_huber_loss = tf.keras.losses.Huber(reduction='none')",
    "function": "def my_huber_loss(t, p):\n    return tf.keras.losses.huber(t, p)",
    "by name": "my_huber_loss = tf.keras.losses.get('huber')",
    "compat": (
        "def my_huber_loss(y_true, y_pred):\n"
        "    return tf.compat.v1.losses.huber_loss(y_true, y_pred, reduction='none')"
    ),
}


@pytest.mark.parametrize("cell", BUILT_IN.values(), ids=BUILT_IN)
def test_handing_the_work_to_a_built_in_earns_nothing(graded: Grade, cell: str) -> None:
    report = graded(notebooks.honest(my_huber_loss=cell))
    exercise = by_name(report)["my_huber_loss"]
    assert exercise.score == 0
    assert "built-in" in exercise.message
    assert others_are_right(report, "my_huber_loss")


def test_a_built_in_that_is_never_reached_costs_nothing(graded: Grade) -> None:
    cell = notebooks.HUBER + "    return tf.keras.losses.huber(y_true, y_pred)\n"
    assert graded(notebooks.honest(my_huber_loss=cell)).score == 100


def test_a_report_shows_no_hidden_number_unless_evidence_was_asked_for(sandbox: Sandbox) -> None:
    data = notebooks.honest(
        my_huber_loss="def my_huber_loss(y_true, y_pred):\n"
        "    raise ValueError(f'{y_true.numpy().tolist()} {y_pred.numpy().tolist()}')\n",
        contrastive_loss="def contrastive_loss(y_true, y_pred):\n"
        "    return tf.square(y_pred)[[y_pred.numpy().tolist()]]\n",
        MyHuberLoss=notebooks.HUBER_CLASS.replace(" / 2, linear", ", linear"),
    )
    submission = Submission.of("notebook.ipynb", data)
    report = grade(submission, sandbox, ASSIGNMENT).report
    words = " ".join(
        f"{exercise.message} {check.message}"
        for exercise in report.exercises
        for check in exercise.checks
    )
    assert "0.25" not in words
    assert b"evidence" not in msgspec.json.encode(report)
    told = grade(submission, sandbox, ASSIGNMENT, evidence=True).report
    shown = [check.evidence for check in by_name(told)["MyHuberLoss"].checks if check.evidence]
    assert any("y_pred = [[" in line for evidence in shown for line in evidence.lines)


UNREADABLE = {
    "empty": b"",
    "truncated": notebooks.honest()[:200],
    "HTML": b"<!DOCTYPE html><html><body>Sign in</body></html>",
    "JSON of another kind": b'{"a": 1}',
    "a list": b"[1, 2, 3]",
    "wrong types inside": b'{"nbformat": 4, "cells": {"source": 3}}',
    "deeply nested": b"[" * 200_000,
    "not UTF-8": b"\xff\xfe\x00\x01" * 50,
    "too large": b" " * (MAX_BYTES + 1),
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_notebook_is_unreadable_with_one_clear_line(graded: Grade, data: bytes) -> None:
    report = graded(data)
    assert report.status is Status.UNREADABLE
    assert report.score == 0
    assert report.message
    assert "\n" not in report.message
    assert [exercise.score for exercise in report.exercises] == [0] * 6
