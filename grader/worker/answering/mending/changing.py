"""What an edit is about: the step that it adds or takes away, and what stands there before it."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import unicodedata
from collections import Counter
from collections.abc import Mapping

from ...wire import MAX_NAME, Change, Step
from .edits import Edit
from .source import Source

# What is called so, by the last part of its name, does this to a value.
_STEPS: Mapping[str, Step] = {
    **dict.fromkeys(("abs", "absolute", "fabs"), "absolute value"),
    **dict.fromkeys(("square", "pow", "power", "**"), "power"),
    **dict.fromkeys(("reduce_mean", "mean", "average"), "mean"),
    **dict.fromkeys(("reduce_sum", "sum"), "sum"),
    **dict.fromkeys(("maximum", "relu", "max", "reduce_max"), "maximum"),
    **dict.fromkeys(("minimum", "min", "reduce_min"), "minimum"),
    **dict.fromkeys(("sqrt",), "root"),
    **dict.fromkeys(("cast", "float32", "float64", "float16", "int32"), "type"),
    **dict.fromkeys(("squeeze", "reshape", "expand_dims"), "shape"),
    **dict.fromkeys(("where", "cond"), "choice"),
    "/": "division",
    "*": "product",
}
# An argument by its name, or a statement that gives a variable a value.
_GIVEN = re.compile(r",?\s*(\w+)\s*=(?!=)")
_TENSORS = frozenset({"y_true", "y_pred"})


def change(sources: Mapping[int, Source], edit: Edit) -> Change:
    """What is known of an edit, in small facts."""
    old = [_text(sources, piece.cell, piece.start, piece.end) for piece in edit.pieces]
    new = [piece.text for piece in edit.pieces]
    before, after = (_tokens(each) for each in (old, new))
    added, taken = after - before, before - after
    swapped = bool(before) and not added and not taken
    return Change(
        adds=_step(added),
        takes=_step(taken),
        name=_name(old[0] if old else ""),
        swapped=swapped,
        order=swapped and before.keys() >= _TENSORS,
        comma=swapped and before[","] > 0 and _are_calls(old, new),
        between=bool(old) and not any(old),
        unparted=taken[","] > 0,
        invisible=any(_is_invisible(each) for text in old for each in text),
        numbered=len(old) > 1 and all(each.strip().rstrip(".:|)").isdigit() for each in old),
        glued=len(old) == 1 and " " in new[0] and _joined(new[0]) == _joined(old[0]),
        given=any(each[:1].isdigit() for each in taken)
        and any(each.isidentifier() for each in added),
        places=min(len(edit.pieces), 100),
    )


def _text(sources: Mapping[int, Source], cell: int, start: int, end: int) -> str:
    return sources[cell].text[start:end] if cell in sources else ""


def _tokens(texts: list[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for text in texts:
        try:
            for token in tokenize.generate_tokens(io.StringIO(text).readline):
                if token.type in {tokenize.NAME, tokenize.OP, tokenize.NUMBER}:
                    found[token.string] += 1
        except (tokenize.TokenError, SyntaxError, ValueError):
            continue
    return found


def _are_calls(old: list[str], new: list[str]) -> bool:
    """Whether both are a call of the same function, and nothing else has brackets around it."""
    try:
        calls = [ast.parse(text.strip(), mode="eval").body for text in (*old, *new)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    named = {ast.unparse(each.func) for each in calls if isinstance(each, ast.Call)}
    brackets = {re.sub(r"[^()\[\],]", "", text) for text in (*old, *new)}
    return all(isinstance(each, ast.Call) for each in calls) and len(named) == len(brackets) == 1


def _step(tokens: Counter[str]) -> Step:
    """The one step that is among the tokens; empty if there is none."""
    return next((_STEPS[each] for each in _STEPS if tokens[each] > 0), "")


def _name(text: str) -> str:
    """The name or sign that stands there, the function that is called, or what is given a value."""
    text = text.strip()
    try:
        node = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        if len(text) <= 3 and text.isprintable():
            return text
        if text.lstrip(", ").startswith("self."):
            return "self."
        given = _GIVEN.match(text)
        return given[1] if given else ""
    while isinstance(node, ast.Call):
        node = node.func
    named = isinstance(node, ast.Name | ast.Attribute)
    return ast.unparse(node)[:MAX_NAME] if named else ""


def _is_invisible(character: str) -> bool:
    category = unicodedata.category(character)
    return category == "Cf" or (category in {"Zs", "Cc"} and character not in " \t\n\r")


def _joined(text: str) -> str:
    return "".join(each for each in text if each not in " _")
