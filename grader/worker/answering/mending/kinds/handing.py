"""Edits of what a call is handed: crosswise, held together, and where its commas stand."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import TypeGuard

from ..answer import Answer, Written, insertion, stretch
from ..edits import Edit, Piece
from ..scope import Site, parameters
from ..source import Source
from .calls import name_of

# How many things functions take that answers are made of; whatever comes behind these is an axis
# or a name, and is seldom meant.
_TAKE = {
    **dict.fromkeys(("abs", "square", "sqrt", "relu", "exp", "log", "negative"), 1),
    **dict.fromkeys(("reduce_mean", "reduce_sum", "mean", "sum"), 1),
    **dict.fromkeys(("maximum", "minimum", "pow", "add", "subtract", "multiply", "divide"), 2),
    **dict.fromkeys(("less", "less_equal", "greater", "greater_equal"), 2),
    "where": 3,
}
_COMMA = re.compile(r"\s*,")
# What a comma may stand in place of, the likeliest first.
_SIGNS = (" -", " *", " +", " <=")


def handed(answer: Answer, written: Written, site: Site) -> Iterator[Edit]:
    """What stands in the brackets of a call, otherwise."""
    node, source = site.node, written.source
    if isinstance(node, ast.Call):
        yield from _crosswise(answer, source, site, node)
        yield from _multiplied(answer, source, site, node)
        yield from _called_again(source, site, node)
        given = [each for each in node.args if not isinstance(each, ast.Starred)]
        wanted = _TAKE.get(name_of(node), 0) if answer.is_of_a_module(node.func) else 0
        if wanted and len(given) > wanted:
            yield from _unparted(answer, source, site, node, given[: wanted + 1])
        if wanted > 1:
            yield from _moved_comma(answer, source, site, node, given)
        if name_of(node) == "where" and len(given) == 3:
            yield from _made_a_condition(answer, source, site, given[0])
        if wanted and len(given) < wanted:
            yield from _unpacked(source, node, given)
        if len(given) == 1 and isinstance(given[0], ast.Compare):
            yield from _compared_outside(answer, source, site, node, given[0])
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load):
        yield from _without_comma(source, node)
    if isinstance(node, ast.Subscript) and answer.is_of_a_module(node.value):
        yield from _round(source, node)


def _crosswise(answer: Answer, source: Source, site: Site, call: ast.Call) -> Iterator[Edit]:
    """Two variables that are handed over each in the place of the other."""
    names = [(at, each) for at, each in enumerate(call.args) if isinstance(each, ast.Name)]
    taken = _taken_by(answer, site, call)
    for (at, one), (other_at, other) in combinations(names, 2):
        if {one.id, other.id} <= set(taken):
            places = taken[at : at + 1], taken[other_at : other_at + 1]
            crossed = places == ([other.id], [one.id])
        else:
            # It is made elsewhere, or calls them otherwise: a loss takes them in one order.
            crossed = (one.id, other.id) == ("y_pred", "y_true")
            crossed = crossed and not answer.is_of_a_module(call.func)
        if crossed:
            pieces = answer.piece(source, one, other.id), answer.piece(source, other, one.id)
            yield Edit("argument", 6, pieces, (stretch(source, call),))


def _taken_by(answer: Answer, site: Site, call: ast.Call) -> list[str]:
    """The parameters of what is called; empty if the answer does not define it."""
    func, home = call.func, site.scope.home
    if isinstance(func, ast.Attribute):
        methods = home.body if home is not None and _is_of(func, site.scope.own) else []
        found = [each for each in methods if _is_function(each, func.attr)]
        return parameters(found[-1])[1:] if found else []
    if not isinstance(func, ast.Name):
        return []
    outer = [each.node for each in answer.written]
    inner = [each for function in site.scope.functions for each in ast.walk(function)]
    found = [each for each in (*outer, *inner) if _is_function(each, func.id)]
    return parameters(found[-1]) if found else []


def _is_of(node: ast.Attribute, own: str) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == own


def _is_function(node: ast.AST, name: str) -> TypeGuard[ast.FunctionDef]:
    return isinstance(node, ast.FunctionDef) and node.name == name


def _multiplied(answer: Answer, source: Source, site: Site, call: ast.Call) -> Iterator[Edit]:
    """A sign between a value and the brackets behind it: `0.5(x)`, `threshold(x)`."""
    func = call.func
    value = isinstance(func, ast.Constant | ast.BinOp)
    if not value and isinstance(func, ast.Name | ast.Attribute):
        value = source.segment(func) in answer.values(site.scope)
        value = value and not _taken_by(answer, site, call)
    if value and len(call.args) == 1 and not call.keywords:
        end = source.span(func)[1]
        at = source.text.find("(", end)  # behind a bracket that closes before it, if there is one
        for sign in (" * ", " - ", " + "):
            cost = 8 if sign == " * " else 12
            yield Edit("operator", cost, (insertion(source, at, sign),), (stretch(source, call),))


def _called_again(source: Source, site: Site, call: ast.Call) -> Iterator[Edit]:
    """What comes back called with the two tensors, where it makes a loss: `make(margin)`."""
    given = [each.id for each in call.args if isinstance(each, ast.Name)]
    tensors = site.scope.arguments
    if isinstance(site.parent, ast.Return) and tensors and not set(given) & set(tensors):
        piece = insertion(source, source.span(call)[1], f"({', '.join(tensors)})")
        yield Edit("argument", 9, (piece,), (stretch(source, call),))


def _unparted(
    answer: Answer, source: Source, site: Site, call: ast.Call, given: list[ast.expr]
) -> Iterator[Edit]:
    """A comma where a sign was meant, inside the brackets or behind them."""
    for rank, sign in enumerate(_SIGNS):
        for one, other in pairwise(given):
            comma = _comma(source, one, other)
            if comma is not None:
                yield Edit("operator", 8 + rank, (Piece(source.cell, *comma, sign),))
        if len(given) == len(call.args) and not call.keywords:
            *kept, last = (source.segment(each) for each in given)
            function = source.segment(call.func)
            for text in (
                f"{function}({', '.join(kept)}){sign} {source.inner(given[-1])}",
                f"{source.inner(given[0])}{sign} {function}({', '.join([*kept[1:], last])})",
            ):
                yield answer.put("brackets", 8 + rank, source, site, text)


def _moved_comma(
    answer: Answer, source: Source, site: Site, call: ast.Call, given: list[ast.expr]
) -> Iterator[Edit]:
    """A comma and a sign that changed places: `f(a, b - c)` as `f(a - b, c)`, and back."""
    function = source.segment(call.func)
    for at, (one, other) in enumerate(pairwise(given)):
        before = [source.segment(each) for each in given[:at]]
        after = [source.segment(each) for each in given[at + 2 :]]
        texts = []
        if isinstance(other, ast.BinOp) and (sign := _sign(source, other)):
            left, right = source.segment(other.left), source.segment(other.right)
            texts.append([f"{source.segment(one)} {sign} {left}", right])
            texts.append([f"{source.segment(one)} {sign} {right}", left])
        if isinstance(one, ast.BinOp) and (sign := _sign(source, one)):
            left, right = source.segment(one.left), source.segment(one.right)
            texts.append([left, f"{right} {sign} {source.segment(other)}"])
        for text in texts:
            new = f"{function}({', '.join([*before, *text, *after])})"
            yield answer.put("brackets", 10, source, site, new, atom=True)


def _sign(source: Source, node: ast.BinOp) -> str:
    """The operator as it is written; empty if brackets or more stand there."""
    between = source.text[source.span(node.left)[1] : source.span(node.right)[0]].strip()
    return between if re.fullmatch(r"[-+*/]", between) else ""


def _comma(source: Source, one: ast.expr, other: ast.expr) -> tuple[int, int] | None:
    """Where the comma between two arguments stands."""
    end = source.span(one)[1]
    found = _COMMA.match(source.text, end, source.span(other)[0])
    return (found.end() - 1, found.end()) if found else None


def _unpacked(source: Source, call: ast.Call, given: list[ast.expr]) -> Iterator[Edit]:
    """Brackets around several arguments left out."""
    for each in given:
        start, end = source.span(each)
        bracketed = source.text[start] in "([" and source.text[end - 1] in ")]"
        if isinstance(each, ast.Tuple | ast.List) and len(each.elts) > 1 and bracketed:
            pieces = Piece(source.cell, start, start + 1, ""), Piece(source.cell, end - 1, end, "")
            yield Edit("argument", 7, pieces, (stretch(source, call),))


def _made_a_condition(
    answer: Answer, source: Source, site: Site, condition: ast.expr
) -> Iterator[Edit]:
    """A label as the condition that it stands for."""
    if isinstance(condition, ast.Name) and condition.id in site.scope.arguments[:1]:
        yield Edit("type", 8, (answer.piece(source, condition, f"{condition.id} == 1"),))


def _compared_outside(
    answer: Answer, source: Source, site: Site, call: ast.Call, inner: ast.Compare
) -> Iterator[Edit]:
    """`f(x <= y)` as `f(x) <= y`."""
    left, right = source.span(inner.left)[1], source.span(inner.comparators[0])[0]
    if len(inner.ops) == 1:
        text = f"{source.segment(call.func)}({source.segment(inner.left)})"
        text += source.text[left:right] + source.segment(inner.comparators[0])
        yield answer.put("brackets", 9, source, site, text)


def _without_comma(source: Source, node: ast.Tuple) -> Iterator[Edit]:
    """A comma behind a value, which makes a tuple of it, or one where a sign was meant."""
    if len(node.elts) == 1:
        found = _COMMA.match(source.text, source.span(node.elts[0])[1])
        if found:
            yield Edit("dropped step", 5, (Piece(source.cell, found.end() - 1, found.end(), ""),))
    elif len(node.elts) == 2 and (comma := _comma(source, *node.elts)):
        for rank, sign in enumerate(("", *_SIGNS)):
            yield Edit("operator", 9 + rank, (Piece(source.cell, *comma, sign),))


def _round(source: Source, node: ast.Subscript) -> Iterator[Edit]:
    """Round brackets where square ones stand behind a function."""
    end = source.span(node)[1]
    at = source.text.find("[", source.span(node.value)[1], end)
    if at >= 0:
        pieces = Piece(source.cell, at, at + 1, "("), Piece(source.cell, end - 1, end, ")")
        yield Edit("brackets", 6, pieces, (stretch(source, node),))
