"""Foreign words in reports: quoted, cut, and never a way for hidden numbers to get out."""

from __future__ import annotations

from grader.judging import explaining
from grader.worker import wire


def test_numbers_that_are_not_in_the_notebook_are_masked() -> None:
    said = explaining.quote("shapes [7,1] and [3] at 0.75", b"x = 3")
    assert said == "shapes […,…] and [3] at …"


def test_text_comes_on_one_line_and_cut() -> None:
    said = explaining.quote("a\n\nb\t" + "c" * 1000, b"")
    assert said.startswith("a b c")
    assert len(said) <= explaining.MAX_QUOTED


def test_a_gone_api_is_told_apart_from_the_formula() -> None:
    text = "module 'keras.backend' has no attribute 'square'"
    words = explaining.raised(wire.Raised("AttributeError", text), b"K.square")
    assert "no mistake in your formula" in words


def test_the_students_own_raise_is_not_quoted() -> None:
    words = explaining.raised(wire.Raised("ValueError", "0.25 0.5", own=True), b"")
    assert words == "It stops with ValueError."
