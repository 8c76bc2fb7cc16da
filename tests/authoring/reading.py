"""Reads what the grader says as a careful reader would: length, form, words, numbers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

# Words of Python's own that are quoted from an exception, and are what they are.
_QUOTED = re.compile(r"It stops with \w+(?:: .*?[\w`)'/])?\. ?(?=[A-Z`]|$)")

# And what its compiler says of a line.
_COMPILER = re.compile(r"invalid (?:syntax|decimal literal|character|non-printable character)")

SHORTEST, LONGEST = 20, 420

# What nobody should be told, and what nobody should have to know.
_UNKIND = (
    *("!", "stupid", "obviously", "trivial", "simply", "just ", "of course", "bad", "fault"),
    *("you should have", "you failed", "failure", "incorrect", "illegal", "invalid", "garbage"),
)
_JARGON = (
    *("assert", "traceback", "ndarray", "allclose", "isclose", "stderr", "stack trace", "oracle"),
    *("tolerance", "fixture", "pytest", "sandbox", "zygote", "mutant", "profile", "misconception"),
    *("None of", "NoneType", "reduction=", "self-check", "hidden"),
)


def troubles(text: str, check_names: Iterable[str]) -> Iterator[str]:
    """What a reader would object to, if anything."""
    text = re.sub(r"\A\d+ of \d+ checks are passed\. ", "", text)
    if not SHORTEST <= len(text) <= LONGEST:
        yield f"{len(text)} characters"
    if not re.match(r"[A-Z`]", text):
        yield "does not begin as a sentence"
    if not re.search(r"[.?]$", text):
        yield "does not end as a sentence"
    own = _COMPILER.sub("so", _QUOTED.sub("", text))
    if re.search(r"\s\s|[.?:,] ?[.,:]|: [A-Z][a-z]", own.replace("=...", "=")):
        yield "is badly put together"
    for word in (*_UNKIND, *_JARGON):
        if re.search(rf"(?<!\w){re.escape(word)}" if word[0].isalpha() else re.escape(word), own):
            yield f"says {word!r}"
    for name in check_names:
        if "_" in name and re.search(rf"\b{name}\b", own):
            yield f"names the check {name}"


def is_bare(text: str) -> bool:
    """Whether it ends with the name of an exception, and says no more."""
    return re.search(r"It stops with \w+\.$", text) is not None


def numbers(text: str) -> set[float]:
    """The numbers that a message says itself: not in names, shapes, places, counts or quotes."""
    own = _QUOTED.sub("", text)
    own = re.sub(r"\((?:\d+, ?)*\d*\)", "", own)
    own = re.sub(r"\b(?:cell|line|signal|Keras|Cell) \d+|\b\d+ of \d+ checks", "", own)
    return {float(each) for each in re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?!\w)", own)}


def written_numbers(source: str) -> set[float]:
    """The numbers that stand in a student's own code."""
    return {float(each) for each in re.findall(r"\d+(?:\.\d+)?|\.\d+", source)}


def solution_pieces(sources: Iterable[str]) -> set[str]:
    """The formulas of the solutions, and their parts of two steps or more, without spaces."""
    pieces = set()
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.BinOp | ast.Call | ast.Compare):
                continue
            steps = sum(isinstance(n, ast.BinOp | ast.Call | ast.Compare) for n in ast.walk(node))
            if steps >= 2 and not _is_plumbing(node):
                pieces.add(squeezed(ast.unparse(node)))
    return pieces


def _is_plumbing(node: ast.AST) -> bool:
    """Whether it is how every class begins, which no formula is."""
    return "super" in ast.unparse(node)


def squeezed(text: str) -> str:
    """The text without spaces."""
    return re.sub(r"\s+", "", text)
