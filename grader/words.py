"""Numbers as people write them in a sentence."""

from __future__ import annotations

_WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip


def in_words(count: int) -> str:
    """A small number as a word, a larger one in digits."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else str(count)


def checks_passed(passed: int, made: int) -> str:
    """How many checks are passed: all that is said of an exercise where its checks say the rest."""
    return f"{passed} of {made} checks are passed."
