"""The careful reader notices what it should."""

from __future__ import annotations

import pytest

from tests.authoring import reading

GOOD = "Large errors cost too much. Look at the slope of your linear part."

NOTICED = {
    "too short": ("Wrong.", "6 characters"),
    "too long": (GOOD * 10, "characters"),
    "no sentence": (GOOD[:-1], "end as a sentence"),
    "no beginning": (GOOD.lower(), "begin as a sentence"),
    "two spaces": (GOOD.replace(". L", ".  L"), "put together"),
    "two full stops": (f"{GOOD}.", "put together"),
    "shouting": (f"{GOOD} Wrong!.", "'!'"),
    "jargon": (f"{GOOD} It is not allclose.", "'allclose'"),
    "a check's name": (f"{GOOD} See large_errors.", "large_errors"),
}


@pytest.mark.parametrize(("text", "words"), NOTICED.values(), ids=NOTICED)
def test_it_notices(text: str, words: str) -> None:
    assert any(words in trouble for trouble in reading.troubles(text, {"large_errors"}))


def test_it_has_nothing_against_a_good_message() -> None:
    assert list(reading.troubles(GOOD, {"large_errors"})) == []


def test_what_python_says_is_python_s() -> None:
    text = "It stops with TypeError: 'ndarray' object is not callable. Is a bracket missing?"
    assert list(reading.troubles(text, ())) == []


def test_numbers_of_names_shapes_and_places_are_none() -> None:
    text = "Cell 4, line 2: with tensors of shape (7, 1) in float32 the result is 0.75, not 1."
    assert reading.numbers(text) == {0.75, 1.0}


def test_a_formula_is_found_however_it_is_spaced() -> None:
    pieces = reading.solution_pieces(["def f(a, d):\n    return d * (abs(a) - d / 2)"])
    assert reading.squeezed("d*(abs(a)  - d/2)") in pieces
    assert reading.squeezed("abs(a)-d/2") in pieces
    assert reading.squeezed("d / 2") not in pieces
