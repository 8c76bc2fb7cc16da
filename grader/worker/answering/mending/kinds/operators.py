"""Edits of operators, comparisons and plain numbers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ....wire import EditKind
from ..answer import Answer, Written
from ..edits import Edit, Piece
from ..scope import Site
from ..source import Source, is_atom

_COMPARISONS = ("<=", "<", ">=", ">", "==", "!=")
# What is mistaken for what, the likeliest first.
_OPERATORS = {
    "+": ("-", "*", "/", "**"),
    "-": ("+", "*", "/", "**"),
    "*": ("**", "/", "+", "-"),
    "/": ("*", "-", "+", "**"),
    "//": ("/", "*"),
    "%": ("/", "*", "-", "**"),
    "**": ("*", "/", "+", "-"),
    "^": ("**", "*"),
    "@": ("*",),
    "&": ("|",),
    ">>": (">",),
    "<<": ("<",),
    "|": ("&",),
}
_BINARY = re.compile(r"\*\*|//|>>|<<|[-+*/%@&|^]")
_COMPARED = re.compile(r"<=|>=|==|!=|<|>")
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_COMMENT = re.compile(r"#[^\n]*")
_TIGHT = {"+": 1, "-": 1, "*": 2, "/": 2, "//": 2, "%": 2, "@": 2, "**": 3}
_NUMBERS = ("1", "2", "0.5", "0")


def operators(answer: Answer, written: Written, site: Site) -> Iterator[Edit]:
    """Another operator or comparison between the same operands, or a sign left out."""
    source, node = written.source, site.node
    match node:
        case (
            ast.Compare(left=ast.Name(id=name), comparators=[right])
            | ast.BinOp(left=ast.Name(id=name), right=right)
        ) if name in answer.modules:
            # A sign where a point was meant.
            text = f"{name}.{source.segment(right)}"
            yield answer.put("character", 6, source, site, text, atom=True)
        case ast.Attribute(value=left, attr=name) if name in site.scope.locals:
            # A point where a sign was meant.
            if not isinstance(left, ast.Name):
                for sign in ("*", "-", "+"):
                    text = f"{source.inner(left)} {sign} {name}"
                    yield answer.put("operator", 9, source, site, text)
        case ast.Compare(ops=[_], comparators=[right]):
            yield from _compared(source, node.left, right)
        case ast.Tuple():
            yield from _decimal_comma(source, node)
        case ast.BinOp():
            yield from _binary(answer, source, site, node)
        case ast.BoolOp(values=[left, right, *_]):
            new = "or" if isinstance(node.op, ast.And) else "and"
            if piece := _between(source, left, right, re.compile(r"\b(?:and|or)\b"), new):
                yield Edit("operator", 14, (piece,))
        case ast.UnaryOp(operand=operand):
            start, _ = source.span(node)
            end, _ = source.span(operand)
            kept = source.text[start:end]
            sign = next((s for s in ("not", "-", "~", "+") if kept.startswith(s)), "")
            if sign:
                kind: EditKind = "dropped step" if sign == "-" else "operator"
                yield Edit(kind, 13, (Piece(source.cell, start, start + len(sign), " "),))
            if sign == "-":
                for name in site.scope.locals:
                    text = f"{name} - {source.inner(operand)}"
                    yield answer.put("name", 14, source, site, text)


def _decimal_comma(source: Source, node: ast.Tuple) -> Iterator[Edit]:
    """A point for the comma in a number as it is written in many countries."""
    start, end = source.span(node)
    for match in _COMMA.finditer(source.text, start, end):
        yield Edit("character", 5, (Piece(source.cell, *match.span(), "."),))


def _compared(source: Source, left: ast.expr, right: ast.expr) -> Iterator[Edit]:
    old = _found(source, left, right, _COMPARED)
    for new in _COMPARISONS:
        if old is not None and source.text[old[0] : old[1]] != new:
            cost = 8 if new[0] in "<>" else 20
            yield Edit("comparison", cost, (Piece(source.cell, *old, new),))


def _binary(answer: Answer, source: Source, site: Site, node: ast.BinOp) -> Iterator[Edit]:
    found = _found(source, node.left, node.right, _BINARY)
    if found is None:
        return
    old = source.text[found[0] : found[1]]
    factors = (node.left, node.right), (node.right, node.left)
    for kept, left_out in factors if old == "*" else factors[:1]:
        if old in {"/", "*", "**"} and isinstance(left_out, ast.Constant):
            # By a number or by 1 is another number: what it costs goes by that.
            kind: EditKind = "dropped step" if old == "**" else "constant"
            text, atom = source.inner(kept), is_atom(kept)
            yield answer.put(kind, 11, source, site, text, atom=atom)
    for rank, new in enumerate(_OPERATORS.get(old, ())):
        piece = Piece(source.cell, *found, new)
        cost = 11 + 3 * rank
        yield Edit("operator", cost, (piece,))
        # As it binds in the text is one reading; as it is computed now is another.
        if _rebinds(node.left, new) or _rebinds(node.right, new):
            text = f"{source.inner(node.left)} {new} {source.inner(node.right)}"
            yield answer.put("operator", cost + 2, source, site, text)


def _rebinds(operand: ast.expr, new: str) -> bool:
    return isinstance(operand, ast.BinOp | ast.UnaryOp) and _TIGHT.get(new, 0) > 1


def _between(
    source: Source, left: ast.expr, right: ast.expr, pattern: re.Pattern[str], new: str
) -> Piece | None:
    found = _found(source, left, right, pattern)
    return Piece(source.cell, *found, new) if found else None


def _found(
    source: Source, left: ast.expr, right: ast.expr, pattern: re.Pattern[str]
) -> tuple[int, int] | None:
    """Where the operator between two operands stands."""
    start, end = source.span(left)[1], source.span(right)[0]
    gap = _COMMENT.sub(lambda comment: " " * len(comment[0]), source.text[start:end])
    found = pattern.search(gap)
    return (start + found.start(), start + found.end()) if found else None


def numbers(answer: Answer, written: Written, site: Site) -> Iterator[Edit]:
    """Another number, or the hyperparameter, for a number."""
    node, source = site.node, written.source
    old = node.value if isinstance(node, ast.Constant) else None
    if not isinstance(old, int | float) or isinstance(old, bool):
        return
    axis = isinstance(site.parent, ast.keyword) and site.parent.arg in {"axis", "keepdims"}
    for text in _NUMBERS:
        if float(text) != old and not axis:
            yield answer.put("constant", 13, source, site, text, atom=True)
    if axis:
        yield answer.put("argument", 20, source, site, "None", atom=True)
        return
    for text in (f"{old / 2:g}", f"{old * 2:g}", f"{-old:g}"):
        if text not in _NUMBERS and abs(old) > 0:
            yield answer.put("constant", 22, source, site, text, atom=not text.startswith("-"))
    if type(old) is int:
        yield answer.put("type", 15, source, site, f"{float(old)}", atom=True)
    for name in answer.hypers(site.scope):
        yield answer.put("constant", 9, source, site, name, atom=True)
        kept = source.segment(node)
        yield answer.put("added step", 16, source, site, f"{kept} * {name}")
        yield answer.put("added step", 18, source, site, f"{kept} * {name} ** 2")
