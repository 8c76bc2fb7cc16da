"""A container of 768 MB and half a processor grades a class as a large machine does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from grader.report import Report
from tests import notebooks
from tests.sandbox.small_box import NoBox, box

pytestmark = [pytest.mark.wall, pytest.mark.slow]

MEBIBYTES = 768

HOG = """\
import numpy as np
def my_huber_loss(y_true, y_pred):
    hog = [np.ones(50_000_000) for _ in range(40)]
    a = tf.abs(y_true - y_pred)
    return tf.where(a <= 1, a * a / 2, a - 0.5)
"""
LIST = """\
def contrastive_loss(y_true, y_pred):
    held = [0]
    while True:
        held += held
"""
TENSOR = """\
def my_huber_loss(y_true, y_pred):
    return tf.reduce_sum(tf.ones((160_000, 160_000))) + y_pred
"""
WRONG = """\
def my_huber_loss(y_true, y_pred):
    return tf.square(y_true - y_pred) / 2
"""
# By the number of who hands it in; everybody else is right, or wrong by a factor.
HUNGRY = {
    3: {"my_huber_loss": HOG},
    8: {"contrastive_loss": LIST},
    13: {"my_huber_loss": TENSOR},
}


def test_twenty_hand_ins_get_what_a_large_machine_gives(tmp_path: Path) -> None:
    """Those that eat memory among them, which cost one exercise each and nobody else anything."""
    folder = tmp_path / "class"
    folder.mkdir()
    for number in range(20):
        answers = HUNGRY.get(number, {"my_huber_loss": WRONG} if number % 5 == 1 else {})
        marked = {name: f"{source}# {number}\n" for name, source in answers.items()}
        (folder / f"s{number:02}.ipynb").write_bytes(notebooks.honest(**marked))
    large, small = tmp_path / "large", tmp_path / "small"
    batch(folder, large)
    try:
        with box(MEBIBYTES) as inside:
            batch(folder, small, inside)
    except NoBox as problem:
        pytest.skip(str(problem))
    assert marks(small) == marks(large)
    rows = json.loads((small / "summary.json").read_bytes())["submissions"]
    scores = [row["score"] for row in rows]
    assert [scores[number] for number in (0, *HUNGRY)] == [100, 85, 85, 85]


def batch(folder: Path, out: Path, inside: tuple[str, ...] = ()) -> None:
    """Grade the class; where nothing else is said, as this machine does."""
    command = [*inside, sys.executable, "-m", "grader", "batch", str(folder), "-o", str(out)]
    done = subprocess.run([*command, "--no-feedback"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def marks(out: Path) -> dict[str, list[tuple[str, str, float]]]:
    """What each exercise of everybody came to."""
    return {
        path.stem: [
            (one.name, one.status, one.score)
            for one in msgspec.json.decode(path.read_bytes(), type=Report).exercises
        ]
        for path in sorted((out / "reports").glob("*.json"))
    }
