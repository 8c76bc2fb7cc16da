"""The self-check that `grader release` makes of public checks, in Jupyter, as students run it."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from grader.assignments import loading
from grader.authoring.new import new
from grader.authoring.notebooks.release import release
from tests.assignment.test_running import failures, printed, run
from tests.assignments.test_folder import ABOUT, CHECKS, REFERENCE, notebook

pytestmark = pytest.mark.slow

ALL_RIGHT = "  All of these examples come out right. The grading looks at more."
# Where somebody keeps a file of the same name, or a notebook has a name of its own for it.
IN_THE_WAY = {"selfcheck.py": "raise ImportError", "grader.py": "raise ImportError"}


def said(starter: Path, folder: Path, *answers: str) -> list[list[str]]:
    """What the self-check prints in the untouched notebook, and after each of these cells."""
    made = nbformat.read(starter, 4)
    (tries,) = [cell for cell in made.cells if cell.id == "selfcheck"]
    for number, answer in enumerate(answers):
        made.cells.append(nbformat.v4.new_code_cell(answer, id=f"answer-{number}"))
        made.cells.append(nbformat.v4.new_code_cell(tries.source, id=f"selfcheck-{number}"))
    for name, text in IN_THE_WAY.items():
        (folder / name).write_text(text)
    nbformat.write(made, folder / "work.ipynb")
    ran = run(folder / "work.ipynb")
    assert failures(ran) == {}
    ids = ["selfcheck", *(f"selfcheck-{number}" for number, _ in enumerate(answers))]
    return [printed(ran[name]).splitlines() for name in ids]


RIGHT_RMSE = "def my_rmse(y, p):\n    return tf.sqrt(tf.reduce_mean((y - p)**2))"
NO_ROOT = "def my_rmse(y, p):\n    return tf.reduce_mean((y - p)**2)"
MISSPELT = "def my_rmse(y, p):\n    return tf.sqare(y - p)"


def test_the_second_assignment(tmp_path: Path) -> None:
    """Not written yet, right, wrong, and stopped: what came out and where, and no traceback."""
    starter = loading.load("rmse").sources.starter
    untouched, right, wrong, stopped = said(starter, tmp_path, RIGHT_RMSE, NO_ROOT, MISSPELT)
    assert untouched == ["my_rmse", "  look    my_rmse is not written yet: replace this line"]
    assert right == ["my_rmse", "  right   errors of 3 and 4 make the root of 12.5", ALL_RIGHT]
    assert wrong[:5] == [
        "my_rmse",
        "  look    errors of 3 and 4 make the root of 12.5",
        "          my_rmse([5, 1], [2, 5])",
        "          came out: 12.5",
        "          expected: 3.53553",
    ]
    assert stopped[1] == "  look    errors of 3 and 4 make the root of 12.5"
    assert stopped[2].startswith("          It stops with AttributeError: ")
    assert stopped[-1] == "          at line 2 of its cell: return tf.sqare(y - p)"
    assert not any("Traceback" in line or "right" in line for line in stopped)


LAYER = """
class Scaled(tf.keras.layers.Layer):
    def __init__(self, scale):
        super().__init__()
        self.scale = 1

    def call(self, x):
        return self.scale * x
"""
STOPPED = "def softsign(x):\n    return tf.stop_gradient(x / (1 + tf.abs(x)))"


def test_a_function_of_one_argument_and_a_layer(tmp_path: Path) -> None:
    """In a folder of somebody's own: each exercise speaks for itself."""
    folder = tmp_path / "activations"
    new(folder)
    (folder / "assignment.toml").write_text(ABOUT)
    (folder / "test_checks.py").write_text(CHECKS)
    (folder / "reference.ipynb").write_text(notebook(REFERENCE))
    loading.load.cache_clear()
    starter = release(loading.load(str(folder)), Path())
    assert "0.625" not in starter.read_text()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    right = "\n".join([REFERENCE["one"], LAYER])
    untouched, half, stopped = said(starter, elsewhere, right, STOPPED)
    assert untouched == [
        "softsign",
        "  look    softsign is not written yet: replace this line",
        "Scaled",
        "  look    Scaled.call is not written yet: replace this line",
    ]
    assert half == [
        "softsign",
        "  right   3 becomes three quarters, with its sign",
        ALL_RIGHT,
        "Scaled",
        "  look    a scale of 2 doubles",
        "          Scaled(2)([1.5, -0.5])",
        "          came out: [1.5, -0.5]",
        "          expected: [3, -1]",
        "          Is it kept?",
    ]
    assert stopped[2:5] == [
        "          the gradient of softsign([1])",
        "          came out: none, since TensorFlow can't follow the way from the input to the",
        "          result",
    ]
