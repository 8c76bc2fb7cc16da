"""The baseline for a warm worker: the same checks in one warm process, without any wall.

Run as a process of its own. The notebook is read, sliced and called in this very process,
and each training is a plain Keras `fit` of as many steps. Prints a line of JSON per
notebook: CPU seconds and score.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

from grader.assignments.custom_losses import ASSIGNMENT
from grader.assignments.custom_losses.exercises import BY_NAME
from grader.assignments.custom_losses.fixture import attempt_at
from grader.judging.rubric_run import run
from grader.judging.trying.student_loss import SandboxedLoss
from grader.judging.trying.time_limits import Budget
from grader.report import CheckStatus
from grader.worker import wire
from grader.worker.answering.serving import Conversation


class InProcess:
    """Stands where a child stands, and answers in this process."""

    def __init__(self) -> None:
        self.conversation = Conversation()

    def ask(self, request: Any, limit: Any) -> Any:
        if isinstance(request, wire.Train):
            return fit(self.conversation._namespace[request.name], request)
        return self.conversation.answer(request)


class SmallModel(tf.keras.Model):
    """A Dense layer with given weights; for pairs, followed by their Euclidean distance.

    Input (batch, features) or (batch, 2, features); output (batch, units) or (batch, 1).
    """

    def __init__(self, kernel: Any, bias: Any, *, pairs: bool) -> None:
        super().__init__()
        self.dense = tf.keras.layers.Dense(kernel.shape[1])
        self.dense.build((None, kernel.shape[0]))
        self.dense.set_weights([kernel, bias])
        self.pairs = pairs
        self.built = True

    def call(self, inputs: Any) -> Any:
        if not self.pairs:
            return self.dense(inputs)
        apart = self.dense(inputs[:, 0]) - self.dense(inputs[:, 1])
        squares = tf.reduce_sum(tf.square(apart), axis=1, keepdims=True)
        return tf.sqrt(tf.maximum(squares, 1e-7))


def fit(target: Any, request: wire.Train) -> wire.Trained:
    """Train as the request says, with `fit`."""
    loss = target(request.make[0].value) if request.make else target
    kernel, bias = wire.unpack(request.kernel), wire.unpack(request.bias)
    model = SmallModel(kernel, bias, pairs=request.network == "siamese")
    optimizers = {"sgd": tf.keras.optimizers.SGD, "rmsprop": tf.keras.optimizers.RMSprop}
    model.compile(optimizer=optimizers[request.optimizer](request.learning_rate), loss=loss)
    x, y = wire.unpack(request.x), wire.unpack(request.y)
    history = model.fit(
        np.concatenate([x] * request.steps),
        np.concatenate([y] * request.steps),
        batch_size=len(x),
        shuffle=False,
        verbose=0,
    )
    kernel, bias = model.dense.get_weights()
    losses = np.asarray(history.history["loss"], np.float32)
    return wire.Trained(wire.pack(kernel), wire.pack(bias), wire.pack(losses))


def grade(notebook: bytes) -> float:
    """The score of a notebook, worked out in this process."""
    child = InProcess()
    child.ask(wire.Open(notebook, ASSIGNMENT.names), None)
    defined = child.ask(wire.Define(ASSIGNMENT.names), None)
    attempts = {
        each.name: attempt_at(
            BY_NAME[each.name],
            SandboxedLoss(BY_NAME[each.name], lambda: child, each, Budget()),  # type: ignore[arg-type, return-value]
        )
        for each in defined.definitions
    }
    outcomes = run(ASSIGNMENT, attempts, attempts.__getitem__)
    return sum(each.row.points for each in outcomes if each.status is CheckStatus.PASSED)


def main() -> None:
    """Grade the notebook named first, as often as the second argument says."""
    notebook = Path(sys.argv[1]).read_bytes()
    for _ in range(int(sys.argv[2])):
        before = time.process_time()
        score = grade(notebook)
        print(json.dumps({"cpu": time.process_time() - before, "score": score}), flush=True)


if __name__ == "__main__":
    main()
