"""What people write in a sentence: numbers, and what something waits for."""

from __future__ import annotations

from collections.abc import Sequence

_ONCE, _RIGHT = "Counts once ", "This is right. It counts once "
_PASSED, _SOME = "this is passed: ", "some of "
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


def counts_once(condition: str, *, right: bool = False) -> str:
    """For a check that was not made, or that is right and does not count yet: what it waits for."""
    return f"{_RIGHT if right else _ONCE}{condition}."


def once_passed(title: str) -> str:
    """The condition that a check is passed, for `counts_once`."""
    return f"{_PASSED}{title}"


def once_some(noun: str) -> str:
    """The condition that a part of something is right, for `counts_once`."""
    return f"{_SOME}{noun} is right"


def counting_together(said: Sequence[str]) -> str:
    """What several checks wait for, said once. said: of each check what is said of it alone."""
    waiting = [each for each in said if each.startswith((_ONCE, _RIGHT))]
    others = dict.fromkeys(each for each in said if each and each not in waiting)
    return " ".join(filter(None, (_waiting(waiting), *others)))


def _waiting(said: Sequence[str]) -> str:
    unique = list(dict.fromkeys(said))
    if len(unique) == 1 and (len(said) == 1 or unique[0].startswith(_ONCE)):
        return unique[0]
    right = sum(each.startswith(_RIGHT) for each in said)
    found = dict.fromkeys(
        each.removeprefix(_RIGHT).removeprefix(_ONCE).removesuffix(".") for each in unique
    )
    if not found:
        return ""
    titles = [each.removeprefix(_PASSED) for each in found if each.startswith(_PASSED)]
    # A whole that has to be right needs no word about its parts.
    conditions = [
        each
        for each in found
        if not each.startswith(_PASSED) and each.removeprefix(_SOME) not in found.keys() - {each}
    ]
    if titles:
        passed = _PASSED if len(titles) == 1 else "these are passed: "
        conditions.append(passed + "; ".join(titles))
    once = _listed(conditions)
    if right == len(said):
        return f"These are right. They count once {once}."
    already = f" Of these checks {in_words(right)} {'is' if right == 1 else 'are'} right already."
    # One that waits for less than all of it counts sooner.
    start = _ONCE if len(found) == 1 else "All of this counts once "
    return f"{start}{once}.{already if right else ''}"


def _listed(several: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *first, last = several
    return f"{', '.join(first)} and {last}" if first else last
