"""What a wrong answer gives is told by one input, or not at all."""

from __future__ import annotations

import pytest

from grader.classroom.results import examples

PAIRS = ("y_true = [[1.0], [0.0]]", "y_pred = [[0.5], [0.25]]")

TOLD = {
    "one of several, that which differs most": (
        (*PAIRS, "got = [[0.25], [0.75]]", "want = [[0.27], [0.5625]]"),
        "For y_true = 0 and y_pred = 0.25 it gives 0.75; right is 0.5625.",
    ),
    "one value for all of them": (
        (*PAIRS, "got = 0.5", "want = 0.40625"),
        "For 2 rows together it gives 0.5; right is 0.40625.",
    ),
    "an input of any name": (
        ("input 1 = [1.0, -2.0]", "got = [2.0, 3]", "want = [1.0, 3]"),
        "For input 1 = 1 it gives 2; right is 1.",
    ),
    "no number": ((*PAIRS, "got = [[nan], [nan]]", "want = [[0.0], [0.0]]"), ""),
    "nothing to hold it against": ((*PAIRS, "got = [1.0, 2.0]"), ""),
    "another shape": ((*PAIRS, "got = [1.0, 2.0, 3.0]", "want = [1.0, 2.0]"), ""),
    "no difference that could be seen": ((*PAIRS, "got = [1.00001, 2]", "want = [1.0, 2]"), ""),
    "words": (("it died",), ""),
    "nothing": ((), ""),
}


@pytest.mark.parametrize(("lines", "words"), TOLD.values(), ids=TOLD.keys())
def test_an_example(lines: tuple[str, ...], words: str) -> None:
    """In a sentence, or none."""
    assert examples.told({"check": lines}) == words


def test_the_first_check_that_has_one_is_told() -> None:
    """Not each has numbers."""
    lines = (*PAIRS, "got = 0.5", "want = 0.25")
    assert examples.told({"first": ("it died",), "second": lines}).endswith("right is 0.25.")
    assert examples.told({}) == ""
