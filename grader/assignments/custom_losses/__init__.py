"""Huber loss and contrastive loss, each as a function, a wrapper and a class."""

from __future__ import annotations

from pathlib import Path

from grader.assignments.custom_losses.causes import OWN
from grader.assignments.custom_losses.exercises import EXERCISES
from grader.assignments.custom_losses.fixture import attempt_at
from grader.assignments.custom_losses.formulas import FORMULAS
from grader.assignments.custom_losses.misconceptions import EXPLAINED
from grader.assignments.custom_losses.slips import SLIPS
from grader.kit.assignment import Assignment, Sources

_FOLDER = Path(__file__).parent

ASSIGNMENT = Assignment(
    name="custom_losses",
    given="custom_losses",
    title="Custom loss functions",
    exercises=EXERCISES,
    folder=_FOLDER,
    checks=_FOLDER / "checks",
    fixture=attempt_at,
    sources=Sources(
        reference=Path("solutions/custom_losses.ipynb"),
        starter=Path("assignment/custom_losses.ipynb"),
        solutions=Path("solutions"),
    ),
    formulas=FORMULAS,
    slips=SLIPS,
    explained=EXPLAINED,
    causes=OWN,
    # Keras' and TensorFlow's own Huber losses, by whichever name they are reached.
    forbidden=(
        "keras.src.losses.losses:huber",
        "tensorflow.python.keras.losses:huber",
        "tensorflow.python.ops.losses.losses_impl:huber_loss",
    ),
)
