"""Edits of whole statements: left out, returned, at another depth, bound to another name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..answer import Answer, Written, headline, insertion, stretch
from ..edits import Edit, Piece
from ..scope import DEFINITIONS, Place, Scope, assigned
from ..source import Source
from .names import alike

_SIMPLE = (ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Pass, ast.Global)
_BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try)


def left_out(answer: Answer, written: Written, place: Place) -> Iterator[Edit]:
    """A statement inside a definition that should not be there."""
    node, source = place.node, written.source
    if place.parent is None or isinstance(node, ast.Pass | ast.Import | ast.ImportFrom):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    raises = isinstance(node, ast.Raise) or (
        isinstance(node, ast.If | ast.Assert)
        and (isinstance(node, ast.Assert) or isinstance(node.body[0], ast.Raise))
    )
    cost = 9 if raises else 24 if isinstance(node, DEFINITIONS) else 15
    if isinstance(node, ast.Return) and place.position == len(place.block) - 1:
        cost = 26
    kind = "raise" if raises else "statement"
    yield Edit(kind, cost, (answer.piece(source, node, "pass"),))  # type: ignore[arg-type]
    if isinstance(node, _BLOCKS) and not isinstance(node, ast.Try):
        yield from _without_header(source, node)


def _without_header(source: Source, node: ast.stmt) -> Iterator[Edit]:
    """The body of a compound statement as if its header were not there."""
    body = node.body  # type: ignore[attr-defined]
    start = source.span(node)[0]
    indent = source.indent(start)
    if indent is None or body[0].lineno == node.lineno:
        return
    lines = source.lines[body[0].lineno - 1 : body[-1].end_lineno]
    text = _shifted("\n".join(lines), indent)
    end = source.span(node)[1]
    yield Edit("statement", 22, (Piece(source.cell, start, end, text.lstrip()),),
               (headline(source, node),))  # fmt: skip


def returned(answer: Answer, written: Written, place: Place) -> Iterator[Edit]:
    """The end of a function that gives nothing back: its last value returned."""
    node, source = place.node, written.source
    if isinstance(node, ast.Expr) and place.parent is not None:
        value = node.value
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            return
        last = place.position == len(place.block) - 1
        if isinstance(value, ast.Call) and _name(value.func) == "print" and value.args:
            for each in value.args:
                text = f"return {source.segment(each)}"
                piece = answer.piece(source, node, text)
                yield Edit("return", 7 if last else 16, (piece,))
        text = source.segment(node)
        text = f"return {text}" if "\n" not in text else f"return ({text})"
        yield Edit("return", 5 if last else 14, (answer.piece(source, node, text),))
    if isinstance(node, ast.FunctionDef) and not isinstance(node.body[-1], ast.Return):
        yield from _return_added(answer, source, node)
    if isinstance(node, ast.Return) and place.scope.functions:
        yield from _other_value(answer, source, place, node)


def given(answer: Answer, written: Written, place: Place) -> Iterator[Edit]:
    """A value that is compared or reckoned with, and kept nowhere: `x == 1` for `x = 1`."""
    node, source = place.node, written.source
    if isinstance(node, ast.AnnAssign) and node.value is None:
        start, end = source.span(node.target)[1], source.span(node.annotation)[0]
        yield Edit("operator", 4, (Piece(source.cell, start, end, " = "),))
    value = node.value if isinstance(node, ast.Expr) else None
    left: ast.expr | None = None
    if isinstance(value, ast.Compare):
        left, right = value.left, value.comparators[0]
    elif isinstance(value, ast.BinOp):
        left, right = value.left, value.right
    elif isinstance(value, ast.Tuple) and len(value.elts) == 2:
        left, right = value.elts
    if left is not None and isinstance(left, ast.Name | ast.Attribute):
        start, end = source.span(left)[1], source.span(right)[0]
        yield Edit("operator", 4, (Piece(source.cell, start, end, " = "),))


def _return_added(answer: Answer, source: Source, node: ast.FunctionDef) -> Iterator[Edit]:
    last = node.body[-1]
    names = assigned(node)[::-1]
    start, end = source.span(last)
    first = source.offset(last.lineno, last.col_offset)
    indent = source.indent(start if isinstance(last, DEFINITIONS) else first)
    if indent is None or node.name == "__init__":
        return
    for rank, name in enumerate(names[:4]):
        piece = insertion(source, end, f"\n{indent}return {name}")
        ends = isinstance(last, (*DEFINITIONS, *_BLOCKS))
        look = headline(source, node) if ends else stretch(source, last)
        yield Edit("return", 6 + 3 * rank, (piece,), (look,))


def _other_value(answer: Answer, source: Source, place: Place, node: ast.Return) -> Iterator[Edit]:
    function = place.scope.functions[-1]
    inner = [n.name for n in getattr(function, "body", []) if isinstance(n, ast.FunctionDef)]
    if not isinstance(function, ast.FunctionDef):
        return
    for name in dict.fromkeys([*inner, *assigned(function)[::-1]]):
        old = source.segment(node.value) if node.value is not None else ""
        if name != old:
            cost = 10 if name in inner else 15
            yield Edit("return", cost, (answer.piece(source, node, f"return {name}"),))


def reordered(answer: Answer, written: Written, place: Place) -> Iterator[Edit]:
    """Two statements that stand next to each other exchanged."""
    source = written.source
    if place.parent is None or place.position + 1 >= len(place.block):
        return
    node, after = place.node, place.block[place.position + 1]
    simple = (*_SIMPLE, ast.Return, ast.FunctionDef)
    if isinstance(node, simple) and isinstance(after, simple):
        pieces = (
            answer.piece(source, node, source.segment(after)),
            answer.piece(source, after, source.segment(node)),
        )
        yield Edit("exchange", 14, pieces, (stretch(source, node),))


def moved(answer: Answer, written: Written, place: Place) -> Iterator[Edit]:
    """The end of a block moved out of it, and what follows a block moved into it."""
    source, node = written.source, place.node
    if place.parent is not None and not isinstance(place.parent, ast.ExceptHandler):
        yield from _moved_out(source, place)
    if isinstance(node, DEFINITIONS) and place.position + 1 < len(place.block):
        yield from moved_in(source, node, place.block[place.position + 1 :])


def _moved_out(source: Source, place: Place) -> Iterator[Edit]:
    """The statement, last of its block, one level further out."""
    node, parent = place.node, place.parent
    if place.position == 0 or place.position != len(place.block) - 1 or parent is None:
        return
    if not isinstance(parent, ast.stmt):
        return
    start, end = source.span(node)
    outer = source.indent(source.span(parent)[0])
    own = source.indent(start)
    if outer is None or own is None or len(own) <= len(outer):
        return
    line = source.line_start(start)
    text = _shifted(source.text[line:end], outer)
    cost = 9 if isinstance(node, (ast.Return, *DEFINITIONS)) else 16
    yield Edit("indent", cost, (Piece(source.cell, line, end, text),), (stretch(source, node),))


def moved_in(source: Source, node: ast.stmt, after: list[ast.stmt]) -> Iterator[Edit]:
    """The statements after a definition taken into it, or into the last one inside it."""
    inside = _indents(source, node)
    for indent in inside:
        for count in range(1, min(len(after), 6) + 1):
            first, last = after[0], after[count - 1]
            start = source.line_start(source.span(first)[0])
            end = source.span(last)[1]
            if source.indent(source.span(first)[0]) is None:
                break
            text = _shifted(source.text[start:end], indent)
            whole = count == len(after)
            cost = 8 if isinstance(last, ast.Return) else 10 + 2 * count + 4 * (not whole)
            looks = tuple(stretch(source, each) for each in after[:count])
            yield Edit("indent", cost, (Piece(source.cell, start, end, text),), looks)


def _indents(source: Source, node: ast.stmt) -> list[str]:
    """The indents inside a definition at its end, the outermost first."""
    found = []
    while isinstance(node, DEFINITIONS):
        node = node.body[-1]
        first = source.offset(node.lineno, node.col_offset)
        if isinstance(node, DEFINITIONS):
            first = source.span(node)[0]
        indent = source.indent(first)
        if indent:
            found.append(indent)
    return found


def _shifted(text: str, indent: str) -> str:
    """The lines of the text moved so that the first one has this indent."""
    lines = text.split("\n")
    old = re.match(r"[ \t]*", lines[0])
    width = len(old[0]) if old else 0
    return "\n".join(
        indent + line[width:] if line[:width].strip() == "" and line.strip() else line
        for line in lines
    )


def bound(answer: Answer, written: Written, place: Place) -> Iterator[Edit]:
    """A value bound to another name: one that is read and bound nowhere, or one of `self`."""
    node, source, scope = place.node, written.source, place.scope
    if not scope.functions:
        return
    if isinstance(node, ast.FunctionDef) and place.parent is not scope.home:
        at = source.text.index(node.name, source.offset(node.lineno, node.col_offset) + 3)
        for name in _missing(answer, written, place):
            cost = 4 if alike(node.name, name) >= 0.6 else 10
            yield Edit("name", cost, (Piece(source.cell, at, at + len(node.name), name),))
    if not isinstance(node, ast.Assign):
        return
    missing = _missing(answer, written, place)
    outer = [name for name in _outer(answer, written, place) if name not in missing]
    for target in node.targets:
        old = source.segment(target)
        for name in outer:
            if isinstance(target, ast.Name) and name != old and alike(old, name) >= 0.6:
                yield Edit("name", 8, (answer.piece(source, target, name),))
        for name in missing:
            close = alike(old, name)
            cost = 4 if close >= 0.6 else 12
            kind = "spelling" if close >= 0.6 else "name"
            yield Edit(kind, cost, (answer.piece(source, target, name),))  # type: ignore[arg-type]
        if scope.home is None or scope.method is None:
            continue
        name = _name(target)
        making = getattr(scope.method, "name", "") == "__init__"
        if isinstance(target, ast.Name) and old in scope.arguments and not making:
            continue  # a tensor that is made ready, and nothing to be kept
        if name and old != f"{scope.own}.{name}":
            new = f"{scope.own}.{name}"
            kind = "self" if isinstance(target, ast.Name) else "store"
            piece = answer.piece(source, target, new)
            yield Edit(kind, 8, (piece,))  # type: ignore[arg-type]
        for attribute in scope.attributes:
            if attribute != old and isinstance(target, ast.Attribute):
                close = alike(old, attribute)
                yield Edit("spelling", 14 if close < 0.6 else 9,
                           (answer.piece(source, target, attribute),))  # fmt: skip
        for read in _read_attributes(scope.home, scope.own):
            if read not in scope.attributes:
                close = alike(old, read)
                same = f"{scope.own}.{name}" == read
                kind = "self" if same else "spelling" if close >= 0.6 else "name"
                piece = answer.piece(source, target, read)
                yield Edit(kind, 5 if close >= 0.6 else 9, (piece,))  # type: ignore[arg-type]


def _read_attributes(home: ast.ClassDef, own: str) -> list[str]:
    names = {
        f"{own}.{node.attr}": None
        for node in ast.walk(home)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Load)
        and isinstance(node.value, ast.Name)
        and node.value.id == own
    }
    return list(names)


def _outer(answer: Answer, written: Written, place: Place) -> list[str]:
    """Names that are read in this function and bound outside of it, or in no cell that counts."""
    names = {
        name: None
        for name, scope in _read(written, place)
        if name not in scope.locals and name not in answer.modules
    }
    return list(names)


def _missing(answer: Answer, written: Written, place: Place) -> list[str]:
    """Names that are read in this function and bound nowhere."""
    unknown = (name for name, scope in _read(written, place) if answer.is_unknown(name, scope))
    return list(dict.fromkeys(unknown))


def _read(written: Written, place: Place) -> Iterator[tuple[str, Scope]]:
    """Names in this function, and the scope of each."""
    functions = place.scope.functions
    for site in written.parts.sites:
        if isinstance(site.node, ast.Name) and site.scope.functions[: len(functions)] == functions:
            yield site.node.id, site.scope


def _name(node: ast.AST) -> str:
    return getattr(node, "attr", None) or getattr(node, "id", None) or ""
