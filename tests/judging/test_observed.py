"""What instructors alone may see of a hand-in, and what none of it is in: the report."""

from __future__ import annotations

import msgspec
import pytest

from grader.assignments.custom_losses import ASSIGNMENT
from grader.judging import Graded, grade
from grader.sandbox import Sandbox
from grader.submission import Submission
from tests.notebooks import HUBER, IMPORTS, of_cells

pytestmark = pytest.mark.wall

NO_HALF = HUBER.replace("tf.square(error) / 2", "tf.square(error)")
RENAMED = NO_HALF.replace("error", "e").replace("small", "near")
OTHERWISE = """\
def my_huber_loss(y_true, y_pred):
    size = tf.abs(y_pred - y_true)
    return tf.where(size < 1, size * size, size - 0.5)
"""


def seen(sandbox: Sandbox, *cells: str) -> Graded:
    """A notebook with these cells, graded."""
    return grade(Submission.of("hw.ipynb", of_cells(IMPORTS, *cells), "ann"), sandbox, ASSIGNMENT)


def test_the_same_mistake_and_the_same_code(sandbox: Sandbox) -> None:
    """The values tell the mistake however it is written; the code tells who wrote it alike."""
    one, other, third = (
        seen(sandbox, cell).observed["my_huber_loss"] for cell in (NO_HALF, RENAMED, OTHERWISE)
    )
    assert one.values == other.values == third.values != ""
    assert one.code == other.code != third.code


def test_what_is_right_or_missing_has_no_mark(sandbox: Sandbox) -> None:
    """There is no mistake to compare."""
    found = seen(sandbox, HUBER).observed
    assert found["my_huber_loss"].values == ""
    assert found["my_huber_loss"].code != ""
    assert (found["MyHuberLoss"].values, found["MyHuberLoss"].code) == ("", "")


def test_inputs_and_numbers_are_there_and_not_in_the_report(sandbox: Sandbox) -> None:
    """A student may read the report."""
    graded = seen(sandbox, NO_HALF)
    evidence = graded.observed["my_huber_loss"].evidence
    lines = [line for found in evidence.values() for line in found]
    assert any(line.startswith("want = ") for line in lines)
    text = msgspec.json.encode(graded.report).decode()
    assert "evidence" not in text
    assert not any(line in text for line in lines)
    assert graded.observed["my_huber_loss"].values not in text
