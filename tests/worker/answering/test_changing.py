"""What an edit is about: small facts, of which words are made."""

from __future__ import annotations

from grader.worker import wire
from grader.worker.answering.mending.changing import change
from grader.worker.answering.mending.edits import Edit, Piece
from grader.worker.answering.mending.source import Source


def about(text: str, old: str, new: str) -> wire.Change:
    start = text.index(old)
    edit = Edit("function", 1, (Piece(1, start, start + len(old), new),))
    return change({1: Source(1, text)}, edit)


def test_a_step_that_comes_in_or_goes_is_named() -> None:
    found = about("x = a - b", "a - b", "tf.abs(a - b)")
    assert (found.adds, found.takes) == ("absolute value", "")
    found = about("x = tf.reduce_mean(a)", "tf.reduce_mean(a)", "a")
    assert (found.adds, found.takes, found.name) == ("", "mean", "tf.reduce_mean")
    found = about("x = tf.minimum(a, 0)", "tf.minimum", "tf.maximum")
    assert (found.adds, found.takes) == ("maximum", "minimum")


def test_an_order_of_the_two_tensors_is_told_from_any_other() -> None:
    assert about("def f(y_pred, y_true): ...", "y_pred, y_true", "y_true, y_pred").order
    assert not about("m(0, 1 - y_pred)", "0, 1 - y_pred", "1 - y_pred, 0").order


def test_an_order_is_that_of_names_or_of_a_comma() -> None:
    assert about("def f(d, label): ...", "d, label", "label, d").swapped
    moved = about("m(1, 0 - d)", "m(1, 0 - d)", "m(1 - d, 0)")
    assert moved.comma
    assert not about("m(f(d), 0)", "m(f(d), 0)", "m(f(d, 0))").comma
    assert not about("m(d ** 2, 0)", "m(d ** 2, 0)", "m(d, 0) ** 2").comma
    assert not about("f(d - m, 2)", "f(d - m, 2)", "d - f(m, 2)").comma
    assert about("m(a, b, 0)", ",", " -").unparted
    assert not moved.unparted


def test_what_comes_between_is_told_from_what_takes_a_place() -> None:
    assert change({1: Source(1, "0.5(x)")}, Edit("operator", 1, (Piece(1, 3, 3, " * "),))).between
    assert not about("x = a - b", "a - b", "a * b").between


def test_what_can_not_be_read_is_told_by_what_it_is() -> None:
    assert about("\u200bdef f(): ...", "\u200b", "").invisible
    assert about("def_f(): ...", "def_f", "def f").glued
    text = "1 def f():\n2     return 1"
    pieces = (Piece(1, 0, 2, ""), Piece(1, 11, 13, ""))
    assert change({1: Source(1, text)}, Edit("character", 1, pieces)).numbered


def test_a_number_that_makes_room_for_a_name_was_to_be_given() -> None:
    assert about("x = 1.0 - d", "1.0", "margin").given
    assert not about("x = 1.0 - d", "1.0", "2.0").given
