"""Code is the same whatever its names, comments and blanks are, and nothing else is."""

from __future__ import annotations

import ast

import pytest

from grader.worker.reading.names.likeness import fingerprint

LOSS = """
def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    return tf.where(tf.abs(error) <= 1, error ** 2 / 2, abs(error) - 0.5)
"""
SAME = {
    "other names": LOSS.replace("error", "e").replace("y_true", "a").replace("y_pred", "b"),
    "comments and blanks": LOSS.replace("error =", "# the error\n\n    error   ="),
    "a docstring and hints": LOSS.replace(
        "(y_true, y_pred):", '(y_true: tf.Tensor, y_pred) -> float:\n    """Huber."""'
    ),
    "another alias": f"import tensorflow as t\n{LOSS.replace('tf.', 't.')}",
    "brackets": LOSS.replace("tf.abs(error) <= 1", "(tf.abs(error)) <= (1)"),
}
OTHER = {
    "another number": LOSS.replace("0.5", "0.25"),
    "another function": LOSS.replace("abs(error) - ", "max(error) - "),
    "another method": LOSS.replace("tf.abs", "tf.square"),
    "another operator": LOSS.replace("<=", "<"),
    "arguments exchanged": LOSS.replace("y_true - y_pred", "y_pred - y_true"),
    "one name for another": LOSS.replace("error ** 2", "y_pred ** 2"),
    "one more line": LOSS.replace("    return", "    error = error + 0\n    return"),
}


def mark(text: str) -> str:
    """The fingerprint of the text."""
    return fingerprint(ast.parse(text).body)


@pytest.mark.parametrize("text", SAME.values(), ids=SAME.keys())
def test_the_same_code(text: str) -> None:
    """Written otherwise."""
    assert mark(text) == mark(LOSS)


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER.keys())
def test_other_code(text: str) -> None:
    """However small the difference."""
    assert mark(text) != mark(LOSS)


def test_a_table_of_numbers_is_not_looked_at() -> None:
    """Nor does anything stop: no depth, no size, no number that can't be written out."""
    assert mark(f"x = [{'1,' * 30_000}]") == ""
    assert mark("x = " + "-" * 500 + "1") != ""
    assert mark(f"x = {'9' * 4000} * {hex(10**5000)}") != ""
