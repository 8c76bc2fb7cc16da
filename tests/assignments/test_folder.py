"""An assignment of one's own, from nothing to a graded class: only its own folder is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.assignments import loading
from grader.authoring.new import new
from grader.cli import main

pytestmark = [pytest.mark.wall, pytest.mark.slow]

SOFTSIGN = """
import tensorflow as tf


def softsign(x):
    return x / (1 + tf.abs(x))
"""
ABOUT = """
title = "An activation"

[[exercises]]
name = "softsign"
points = 8

[[exercises]]
name = "Scaled"
kind = "class"
hyperparameter = "scale"
points = 4
"""
CHECKS = '''
import numpy as np
import pytest

X = np.linspace(-4, 4, 17)


@pytest.mark.points(softsign=4)
def test_values(attempt):
    """it is x over 1 + |x|"""
    attempt.check(X / (1 + np.abs(X)), X, message="Compare each value with the formula.")


@pytest.mark.public
@pytest.mark.points(softsign=1)
@pytest.mark.needs("values")
def test_by_hand(attempt):
    """3 becomes three quarters, with its sign"""
    attempt.check([0.75, -0.75, 0.0], [3.0, -3.0, 0.0], message="Is it the size below the line?")
    attempt.check([0.25], [1.0], mode="gradient", message="What is the slope at 1?")


@pytest.mark.points(softsign=3)
@pytest.mark.needs("values")
def test_gradient(attempt):
    """its gradient is that of its values"""
    attempt.check(1 / (1 + np.abs(X)) ** 2, X, mode="gradient", message="The gradient is not.")


@pytest.mark.public
@pytest.mark.points(Scaled=1)
def test_twice(attempt):
    """a scale of 2 doubles"""
    for mode in ("eager", "graph"):
        attempt.check([3.0, -1.0], [1.5, -0.5], made_with=2.0, mode=mode, message="Is it kept?")


@pytest.mark.points(Scaled=3)
def test_scale(attempt):
    """it multiplies by the scale it was made with"""
    for scale in (0.625, 3.0):
        attempt.check(scale * X, X, made_with=scale, message="The scale that was given counts.")
'''
REFERENCE = {
    "setup": "import tensorflow as tf",
    "one": "def softsign(x):\n    ### BEGIN SOLUTION\n    return x / (1 + tf.abs(x))\n"
    "    ### END SOLUTION",
    "two": "class Scaled(tf.keras.layers.Layer):\n"
    "    def __init__(self, scale):\n        super().__init__()\n        self.scale = scale\n\n"
    "    def call(self, x):\n        ### BEGIN SOLUTION\n        return self.scale * x\n"
    "        ### END SOLUTION",
    "selfcheck": "### SELF-CHECK",
}


def notebook(cells: dict[str, str]) -> str:
    """A notebook with these code cells."""
    made: list[dict[str, object]] = [
        {"cell_type": "code", "id": name, "source": source, "metadata": {}, "outputs": [],
         "execution_count": None}
        for name, source in cells.items()
    ]  # fmt: skip
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A function of one argument and a layer, in a folder that is no part of this project."""
    folder = tmp_path / "activations"
    new(folder)
    for path in (*folder.glob("right/*"), *folder.glob("mistakes/*")):
        path.unlink()
    (folder / "assignment.toml").write_text(ABOUT)
    (folder / "test_checks.py").write_text(CHECKS)
    (folder / "reference.ipynb").write_text(notebook(REFERENCE))
    (folder / "right/plain.py").write_text(
        f'# /// variant\n# exercises = ["softsign"]\n# says = "plain"\n# ///\n{SOFTSIGN}'
    )
    (folder / "mistakes/no_size.py").write_text(
        '# /// variant\n# exercises = ["softsign"]\n# says = "the sign stays"\n'
        '# fails = ["values"]\n# ///\ndef softsign(x):\n    return x / (1 + x)\n'
    )
    loading.load.cache_clear()
    return folder


def test_what_new_writes_is_valid_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "own")
    assert main(["new", folder]) == 0
    assert main(["release", "--check", "--assignment", folder]) == 0
    assert main(["validate", "--assignment", folder]) == 0
    # Nothing is told as a share of nothing.
    assert "Of 0" not in capsys.readouterr().out


def test_the_second_assignment_is_valid(capsys: pytest.CaptureFixture[str]) -> None:
    """Reference, starter, right variants and known mistakes come out as they must."""
    assert main(["validate", "--assignment", "rmse"]) == 0
    assert "Of 0" not in capsys.readouterr().out
    assert main(["release", "--check", "--assignment", "rmse"]) == 0


def test_a_function_of_one_argument_and_a_layer(own: Path, tmp_path: Path) -> None:
    """Released, validated, graded alone and as a class, without a change outside the folder."""
    asked = ["--assignment", str(own)]
    assert main(["release", *asked]) == 0
    assert "### BEGIN" not in (own / "student.ipynb").read_text()
    assert main(["validate", *asked]) == 0
    assert main(["rubric", *asked]) == 0

    submissions = tmp_path / "submissions"
    submissions.mkdir()
    (submissions / "ann.ipynb").write_text(notebook(REFERENCE))
    (submissions / "bob.ipynb").write_text(notebook({"only": SOFTSIGN}))
    report = tmp_path / "report.json"
    page = tmp_path / "page.html"
    assert main(["grade", str(submissions / "bob.ipynb"), "-o", str(report), "--feedback",
                 str(page), *asked]) == 0  # fmt: skip
    made = json.loads(report.read_text())
    assert (made["score"], made["max_score"]) == (8, 12)
    assert made["assignment"]["name"] == "activations"
    assert [each["status"] for each in made["exercises"]] == ["passed", "missing"]
    assert "Scaled" in page.read_text()

    assert (
        main(["batch", str(submissions), "-o", str(tmp_path / "class"), "--jobs", "1", *asked]) == 0
    )
    table = (tmp_path / "class" / "grades.csv").read_text().splitlines()
    assert table[0].split(",")[:6] == [
        "student", "status", "score", "max_score", "softsign", "Scaled",
    ]  # fmt: skip
    assert [line.split(",")[2] for line in table[1:]] == ["12", "8"]


def test_a_built_in_that_may_not_be_used_earns_nothing(own: Path, tmp_path: Path) -> None:
    about = own / "assignment.toml"
    about.write_text(
        'forbidden = ["keras.src.backend.tensorflow.nn:softsign"]\n' + about.read_text()
    )
    loading.load.cache_clear()
    handed = tmp_path / "built_in.ipynb"
    handed.write_text(notebook({"a": "import keras\nsoftsign = keras.ops.softsign"}))
    report = tmp_path / "report.json"
    assert main(["grade", str(handed), "-o", str(report), "--assignment", str(own)]) == 0
    made = json.loads(report.read_text())
    assert made["score"] == 0
    assert "built-in" in made["exercises"][0]["message"]


def test_a_built_in_that_is_none_is_the_graders_fault(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    about = own / "assignment.toml"
    about.write_text('forbidden = ["keras.losses:nothing"]\n' + about.read_text())
    loading.load.cache_clear()
    handed = tmp_path / "x.ipynb"
    handed.write_text(notebook({"a": SOFTSIGN}))
    assert main(["grade", str(handed), "--assignment", str(own), "-o", str(tmp_path / "r")]) == 3
    assert "keras.losses:nothing is forbidden, and there is no such function" in (
        capsys.readouterr().err
    )
