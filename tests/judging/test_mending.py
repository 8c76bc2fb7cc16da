"""One small edit away from right: what is found, where, and what is never called that."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from grader.authoring.variants import to_notebook
from grader.judging.asked import Budget, opened
from grader.judging.mending import Mended, find_slip
from grader.judging.trials import Trying
from grader.report import CheckStatus
from grader.sandbox import Sandbox

SMALL_AND_LARGE = """\
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    small = {small}
    large = {large}
    return tf.where(tf.abs(error) <= 1, small, large)
"""
RIGHT = {"small": "tf.square(error) / 2", "large": "tf.abs(error) - 0.5"}


def mended(sandbox: Sandbox, source: str, name: str) -> Mended | None:
    """The slip in one exercise of a notebook."""
    data = to_notebook(source)
    with ExitStack() as stack:
        trying = Trying(data, sandbox, stack, Budget())
        (finding,) = opened(trying.open(), data, (name,)).findings  # type: ignore[union-attr]
        trial = trying.alone([name])[name] if finding.state == "found" else None
        return find_slip(trying, name, trial)


def lines(slip: Mended | None) -> list[int]:
    """The lines in which the slip is seen to be."""
    assert slip is not None
    return [span.line for span in slip.spans]


@pytest.mark.wall
class TestFound:
    def test_a_missing_half(self, sandbox: Sandbox) -> None:
        """The kind of edit and the line are told, and the mended answer passes everything."""
        source = SMALL_AND_LARGE.format(**{**RIGHT, "small": "tf.square(error)"})
        slip = mended(sandbox, source, "my_huber_loss")
        assert slip is not None
        assert slip.kind == "added step"
        assert lines(slip) == [5]
        assert {each.status for each in slip.trial.outcomes} == {CheckStatus.PASSED}

    def test_a_misspelt_name(self, sandbox: Sandbox) -> None:
        source = SMALL_AND_LARGE.format(**RIGHT).replace("def my_huber", "def my_hubber")
        slip = mended(sandbox, source, "my_huber_loss")
        assert slip is not None
        assert (slip.kind, lines(slip)) == ("definition", [3])

    def test_a_bracket_that_is_never_closed(self, sandbox: Sandbox) -> None:
        source = SMALL_AND_LARGE.format(**{**RIGHT, "large": "tf.abs(error - 0.5"})
        slip = mended(sandbox, source, "my_huber_loss")
        assert slip is not None
        assert (slip.kind, lines(slip)) == ("character", [6])


@pytest.mark.wall
class TestNeverMended:
    @pytest.mark.parametrize(
        "formula",
        [
            pytest.param("tf.square(y_true - y_pred)", id="mean squared error"),
            pytest.param("tf.abs(y_true - y_pred)", id="mean absolute error"),
            pytest.param("tf.math.log(tf.math.cosh(y_pred - y_true))", id="log-cosh"),
            pytest.param("tf.sqrt(1 + tf.square(y_true - y_pred)) - 1", id="pseudo-Huber"),
        ],
    )
    def test_another_loss_under_the_name(self, sandbox: Sandbox, formula: str) -> None:
        source = f"""\
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    return {formula}
"""
        assert mended(sandbox, source, "my_huber_loss") is None
