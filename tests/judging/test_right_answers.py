"""Right answers lose nothing, however they are written, and a random change never keeps all.

`EXAMPLES=500 pytest tests/judging/test_right_answers.py --hypothesis-profile=default` looks longer
than the usual run does, and elsewhere each time.
"""

from __future__ import annotations

import json
import os
from textwrap import indent

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from grader.assignments.custom_losses import ASSIGNMENT
from grader.assignments.custom_losses.exercises import Family
from grader.judging import grade
from grader.kit.exercises import ExerciseSpec, Kind
from grader.report import CheckStatus, ExerciseStatus, Report
from grader.sandbox import Sandbox
from grader.submission import Submission
from tests.judging import right_answers

EXAMPLES = int(os.environ.get("EXAMPLES", "16"))
# Six wrong answers take seven children, where six right ones take one.
WRONG_EXAMPLES = max(2, EXAMPLES // 8)

pytestmark = [pytest.mark.wall, pytest.mark.slow]
lasting = settings(deadline=None, suppress_health_check=list(HealthCheck))


def graded(data: bytes, sandbox: Sandbox) -> Report:
    note("\n".join("".join(cell["source"]) for cell in json.loads(data)["cells"]))
    return grade(Submission.of("drawn.ipynb", data), sandbox, ASSIGNMENT, evidence=True).report


@settings(lasting, max_examples=EXAMPLES)
@given(data=right_answers.notebook())
def test_a_right_answer_keeps_every_point(sandbox: Sandbox, data: bytes) -> None:
    report = graded(data, sandbox)
    lost = [
        (exercise.name, exercise.message, check.name, check.message, check.line)
        for exercise in report.exercises
        for check in exercise.checks
        if check.status is not CheckStatus.PASSED
    ]
    assert lost == []
    assert report.score == 100


def bump(draw: st.DrawFn, spec: ExerciseSpec) -> str:
    """A smooth change of the answer above it, somewhere, for one label, for some thresholds."""
    name, hyper = spec.name, spec.hyperparameter
    huber = spec.topic == Family.HUBER
    label = draw(st.sampled_from([0.0, 1.0]))
    # As a fraction of the threshold or margin, so that it is where the loss is asked for.
    centre = draw(st.floats(0.05, 3.5))
    width, height = draw(st.floats(0.15, 0.6)), draw(st.floats(0.02, 0.5) | st.floats(-0.5, -0.02))
    where = draw(st.sampled_from(["True", "{} != 1", "{} < 0.9", "{} > 1.1", "{} > 3"]))
    scale = {Kind.FUNCTION: "1", Kind.WRAPPER: hyper, Kind.CLASS: "self.given"}[spec.kind]
    size = f"{'tf.abs(y_true - y_pred)' if huber else 'y_pred'} / {scale}"
    only = "1.0" if huber else f"tf.cast(y_true == {label}, tf.float32)"
    change = f"{height} * {only} * tf.exp(-(({size} - {centre}) / {width}) ** 2)"
    if not huber or spec.kind is Kind.CLASS:
        change = f"tf.reduce_mean({change})"
    # Names of its own: the cells share one namespace.
    right = f"right_{name}"
    if spec.kind is Kind.FUNCTION:
        changed = f"    return {right}(y_true, y_pred) + {change}\n"
        return f"{right} = {name}\ndef {name}(y_true, y_pred):\n{changed}"
    if spec.kind is Kind.WRAPPER:
        body = (
            f"inner = {right}({hyper})\n"
            f"def changed(y_true, y_pred):\n    return inner(y_true, y_pred) + {change}\n"
            f"return changed if {where.format(scale)} else inner\n"
        )
        return f"{right} = {name}\ndef {name}({hyper}):\n{indent(body, '    ')}"
    return (
        f"begun_{name}, {right} = {name}.__init__, {name}.call\n"
        f"def begin_{name}(self, {hyper}):\n"
        f"    begun_{name}(self, {hyper})\n    self.given = {hyper}\n"
        f"def call_{name}(self, y_true, y_pred):\n"
        f"    value = {right}(self, y_true, y_pred)\n"
        f"    return value + {change} if {where.format(scale)} else value\n"
        f"{name}.__init__, {name}.call = begin_{name}, call_{name}\n"
    )


@settings(lasting, max_examples=WRONG_EXAMPLES)
@given(data=right_answers.notebook(bump))
def test_a_change_anywhere_in_a_right_answer_costs_something(sandbox: Sandbox, data: bytes) -> None:
    report = graded(data, sandbox)
    statuses = {exercise.name: exercise.status for exercise in report.exercises}
    assert set(statuses.values()) <= {ExerciseStatus.PARTIAL, ExerciseStatus.FAILED}
