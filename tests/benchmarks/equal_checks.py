"""The rubric in the form that other graders take: test cells with the very same questions.

What the judge asks of the reference is recorded, with the answers, which the rubric's oracle has
found right; each question then becomes an assert on the same tensors.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.assignments.custom_losses import ASSIGNMENT
from grader.assignments.custom_losses.exercises import BY_NAME
from grader.assignments.custom_losses.fixture import attempt_at
from grader.judging.rubric_run import run
from grader.judging.trying.student_loss import SandboxedLoss
from grader.judging.trying.time_limits import DEFINING, OPENING, Budget
from grader.kit.inputs import trainings as problems
from grader.report import CheckStatus
from grader.sandbox import Child, Limit, start
from grader.worker import wire
from tests.benchmarks.measuring import REFERENCE

HELPERS = (Path(__file__).parent / "hidden_checks.py").read_text(encoding="utf-8")


@dataclass(frozen=True)
class HiddenCell:
    """Hidden tests of one exercise. code: Python that raises AssertionError if one fails."""

    exercise: str
    part: str
    points: float
    code: str

    @property
    def name(self) -> str:
        """One word for it."""
        return f"{self.exercise}_{self.part}"


class _Recorder:
    """Stands where a child stands, and writes down what is said."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.said: list[tuple[wire.Request, Any]] = []

    def ask(self, request: wire.Request, limit: Limit) -> Any:
        reply = self.child.ask(request, limit)
        self.said.append((request, reply))
        return reply


def cells() -> tuple[HiddenCell, ...]:
    """For each exercise three cells: values; graph and gradients; a training.

    The exercise's points are shared out among them as 3 to 1 to 1.
    """
    said = _asked_of_the_reference()
    found = []
    for name in ASSIGNMENT.names:
        asked = [
            (request, reply)
            for request, reply in said
            if isinstance(request, wire.Call | wire.Train) and request.name == name
        ]
        share = BY_NAME[name].points / 5
        eager = _questions(asked, ("eager",))
        others = _questions(asked, ("graph", "gradient"))
        (training,) = [request for request, _ in asked if isinstance(request, wire.Train)]
        found += [
            HiddenCell(name, "values", 3 * share, _code("check_values", name, eager)),
            HiddenCell(name, "in_use", share, _code("check_values", name, others)),
            HiddenCell(name, "training", share, _code("check_training", name, _problem(training))),
        ]
    return tuple(found)


def _asked_of_the_reference() -> list[tuple[wire.Request, Any]]:
    notebook = REFERENCE.read_bytes()
    with start(None) as wall, wall.open() as child:
        recorder = _Recorder(child)
        child.ask(wire.Open(notebook, ASSIGNMENT.names), OPENING)
        defined = child.ask(wire.Define(ASSIGNMENT.names), DEFINING)
        assert isinstance(defined, wire.Defined), defined
        attempts = {
            each.name: attempt_at(
                BY_NAME[each.name],
                SandboxedLoss(BY_NAME[each.name], lambda: recorder, each, Budget()),  # type: ignore[arg-type, return-value]
            )
            for each in defined.definitions
        }
        outcomes = run(ASSIGNMENT, attempts, attempts.__getitem__)
    assert all(one.status is CheckStatus.PASSED for one in outcomes), "the reference is not right"
    return recorder.said


def _questions(asked: Iterable[tuple[Any, Any]], modes: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {
            "mode": request.mode,
            "make": _making(request),
            "use": request.use,
            "y_true": wire.unpack(request.inputs[0]).tolist(),
            "y_pred": wire.unpack(request.inputs[1]).tolist(),
            "want": wire.unpack(reply.array).tolist(),
        }
        for request, reply in asked
        if isinstance(request, wire.Call) and request.mode in modes
    ]


def _problem(request: wire.Train) -> dict[str, Any]:
    line = request.network == "line"
    held_out = [[problems.LINE_INPUT]] if line else problems.HELD_OUT_X.tolist()
    return {
        "network": request.network,
        "make": _making(request),
        "optimizer": request.optimizer,
        "learning_rate": request.learning_rate,
        "steps": request.steps,
        **{
            part: wire.unpack(getattr(request, part)).tolist()
            for part in ("x", "y", "kernel", "bias")
        },
        "held_out": held_out,
        "target": problems.LINE_TARGET,
        "slack": problems.LINE_SLACK,
        "similar": (problems.HELD_OUT_Y[:, 0] == 1).tolist(),
    }


def _making(request: wire.Call | wire.Train) -> list[list[Any]]:
    return [[each.value, each.keyword] for each in request.make]


def _code(function: str, name: str, data: object) -> str:
    return f"{function}({name}, {json.dumps(data)!r})"
