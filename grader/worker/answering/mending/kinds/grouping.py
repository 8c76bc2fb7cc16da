"""Edits of what brackets hold together, and of the order in which steps are taken."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..answer import Answer, Written
from ..edits import Edit
from ..scope import Site
from ..source import Source

_SYMBOLS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**", ast.FloorDiv: "//",
    ast.Mod: "%", ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
}  # fmt: skip


def grouping(answer: Answer, written: Written, site: Site) -> Iterator[Edit]:
    """The same parts, held together otherwise."""
    source, node = written.source, site.node
    if isinstance(node, ast.BinOp):
        for text in _rotated(source, node):
            yield answer.put("brackets", 11, source, site, text)
        for text in _into_call(source, node):
            yield answer.put("brackets", 12, source, site, text, atom=True)
        for text in _joined(source, node):
            yield answer.put("brackets", 11, source, site, text, atom=True)
    if isinstance(node, ast.Call):
        for text in _out_of_call(source, node):
            yield answer.put("brackets", 12, source, site, text)
        for text in _between_calls(source, node):
            yield answer.put("brackets", 10, source, site, text, atom=True)
        for text in _nested_otherwise(source, node):
            yield answer.put("brackets", 11, source, site, text)
    if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.BinOp):
        sign = "-" if isinstance(node.op, ast.USub) else "~"
        inner = node.operand
        text = f"({sign}{source.inner(inner.left)}) {_symbol(inner)} {source.inner(inner.right)}"
        yield answer.put("brackets", 12, source, site, text)
    if isinstance(node, ast.Tuple) and len(node.elts) == 2:
        yield from _tuple(answer, source, site, node)


def exchanged(answer: Answer, written: Written, site: Site) -> Iterator[Edit]:
    """Operands in the other order, and the factors of two terms exchanged."""
    source, node = written.source, site.node
    if not isinstance(node, ast.BinOp):
        return
    if isinstance(node.op, ast.Sub | ast.Div | ast.Pow | ast.FloorDiv):
        text = f"{source.inner(node.right)} {_symbol(node)} {source.inner(node.left)}"
        yield answer.put("exchange", 13, source, site, text)
    left, right = node.left, node.right
    if isinstance(left, ast.BinOp) and isinstance(right, ast.BinOp):
        for one in (left.left, left.right):
            for other in (right.left, right.right):
                pieces = (
                    answer.piece(source, one, source.inner(other)),
                    answer.piece(source, other, source.inner(one)),
                )
                yield Edit("exchange", 11, pieces)


def _symbol(node: ast.BinOp) -> str:
    return _SYMBOLS.get(type(node.op), "+")


def _rotated(source: Source, node: ast.BinOp) -> Iterator[str]:
    """(a op b) op c as a op (b op c), and the other way round."""
    left, right = node.left, node.right
    if isinstance(left, ast.BinOp):
        a, b, c = (source.inner(each) for each in (left.left, left.right, right))
        yield f"{a} {_symbol(left)} ({b} {_symbol(node)} {c})"
    if isinstance(right, ast.BinOp):
        a, b, c = (source.inner(each) for each in (left, right.left, right.right))
        yield f"({a} {_symbol(node)} {b}) {_symbol(right)} {c}"
    if isinstance(left, ast.UnaryOp) and isinstance(left.op, ast.USub):
        yield f"-({source.inner(left.operand)} {_symbol(node)} {source.inner(right)})"


def _into_call(source: Source, node: ast.BinOp) -> Iterator[str]:
    """f(x, ...) op y as f(x op y, ...), and y op f(x, ...) as f(y op x, ...)."""
    for call, other, first in ((node.left, node.right, True), (node.right, node.left, False)):
        if not isinstance(call, ast.Call):
            continue
        for argument in call.args[:3]:
            parts = [source.inner(argument), source.inner(other)]
            text = f" {_symbol(node)} ".join(parts if first else parts[::-1])
            yield _with(source, call, argument, text)


def _joined(source: Source, node: ast.BinOp) -> Iterator[str]:
    """f(x) op f(y) as f(x op y), and x ** n op y ** n as (x op y) ** n."""
    match node.left, node.right:
        case (
            ast.Call(func=one, args=[first], keywords=[]),
            ast.Call(func=other, args=[second], keywords=[]),
        ) if ast.dump(one) == ast.dump(other):
            inner = f"{source.inner(first)} {_symbol(node)} {source.inner(second)}"
            yield f"{source.segment(one)}({inner})"
        case (
            ast.BinOp(left=first, op=ast.Pow(), right=one),
            ast.BinOp(left=second, op=ast.Pow(), right=other),
        ) if ast.dump(one) == ast.dump(other):
            inner = f"{source.inner(first)} {_symbol(node)} {source.inner(second)}"
            yield f"(({inner}) ** {source.inner(one)})"


def _out_of_call(source: Source, node: ast.Call) -> Iterator[str]:
    """f(x op y, ...) as f(x, ...) op y, and as x op f(y, ...)."""
    for argument in node.args[:3]:
        if isinstance(argument, ast.BinOp):
            left, right = argument.left, argument.right
            symbol = _symbol(argument)
            yield f"{_with(source, node, argument, source.segment(left))} {symbol} " + (
                source.inner(right)
            )
            yield f"{source.inner(left)} {symbol} " + (
                _with(source, node, argument, source.segment(right))
            )


def _between_calls(source: Source, node: ast.Call) -> Iterator[str]:
    """An argument of the outer call given to the inner one, and the other way round."""
    for at, inner in enumerate(node.args):
        if not isinstance(inner, ast.Call):
            continue
        for other in node.args[at + 1 :]:
            rest = [source.segment(each) for each in node.args if each not in {inner, other}]
            longer = _call(source, inner, [*map(source.segment, inner.args), source.segment(other)])
            yield _call(source, node, [*rest[:at], longer, *rest[at:]])
        for other in inner.args[1:]:
            kept = [source.segment(each) for each in inner.args if each is not other]
            shorter = _call(source, inner, kept)
            outer = [shorter if each is inner else source.segment(each) for each in node.args]
            outer.insert(at + 1, source.segment(other))
            yield _call(source, node, outer)
    for keyword in node.keywords:
        for at, inner in enumerate(node.args):
            if isinstance(inner, ast.Call):
                moved = _call(source, inner, [source.segment(each) for each in inner.args],
                              [source.segment(keyword)])  # fmt: skip
                outer = [source.segment(each) for each in node.args]
                outer[at] = moved
                yield f"{source.segment(node.func)}({', '.join(outer)})"


def _nested_otherwise(source: Source, node: ast.Call) -> Iterator[str]:
    """f(g(x), c) as g(f(x, c)), and f(x ** n, c) as f(x, c) ** n."""
    for argument in node.args[:2]:
        if isinstance(argument, ast.Call) and argument.args:
            inner = _with(source, node, argument, source.segment(argument.args[0]))
            yield _with(source, argument, argument.args[0], inner)
        if isinstance(argument, ast.BinOp) and isinstance(argument.right, ast.Constant):
            inner = _with(source, node, argument, source.segment(argument.left))
            yield f"{inner} {_symbol(argument)} {source.segment(argument.right)}"


def _tuple(answer: Answer, source: Source, site: Site, node: ast.Tuple) -> Iterator[Edit]:
    """f(x), c as f(x, c): a bracket closed too early."""
    call, other = node.elts
    if isinstance(call, ast.Call):
        given = [*map(source.segment, call.args), source.segment(other)]
        yield answer.put("brackets", 9, source, site, _call(source, call, given), atom=True)
        for argument in call.args:
            if isinstance(argument, ast.Call):
                inner = _call(
                    source, argument, [*map(source.segment, argument.args), source.segment(other)]
                )
                text = _with(source, call, argument, inner)
                yield answer.put("brackets", 10, source, site, text, atom=True)


def _with(source: Source, call: ast.Call, argument: ast.expr, text: str) -> str:
    """The text of a call with one argument replaced."""
    start, end = source.span(call)
    from_, to = source.span(argument)
    before, after = source.text[start:from_], source.text[to:end]
    # The argument may stand in brackets of its own, which stay.
    return f"{before}{text}{after}"


def _call(
    source: Source, call: ast.Call, arguments: list[str], keywords: list[str] | None = None
) -> str:
    given = [*arguments, *[source.segment(each) for each in call.keywords], *(keywords or ())]
    return f"{source.segment(call.func)}({', '.join(given)})"
