"""What stands in the code of the notebook where an exception came up: small facts, no text.

The traceback has the columns of the expression that was at work in each frame. Its node in
the syntax tree, what it calls, and of which kinds the things are that it works with: that is
what tells one cause from another where a library says the same of both.
"""

from __future__ import annotations

import ast
import linecache
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from types import CodeType, FunctionType, ModuleType, TracebackType
from typing import Any

import numpy as np
import tensorflow as tf

from .. import wire
from ..reading.names.forms import gives_nothing

_CELL = re.compile(r"<cell \d{1,7}>\Z")
# Under a name that no attribute has.
_KEPT = "<first>"
_MOST = wire.MAX_GIVEN
_Place = tuple[int, int, int, int]

_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**", ast.FloorDiv: "//",
    ast.Mod: "%", ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
    ast.LShift: "<<", ast.RShift: ">>", ast.Invert: "~", ast.USub: "-", ast.UAdd: "+",
    ast.Not: "not", ast.And: "and", ast.Or: "or",
}  # fmt: skip


def keep_standing(error: BaseException, first: BaseException) -> None:
    """Let what stands where `first` was raised stand for `error`, which knows less of it."""
    with suppress(Exception):
        error.__dict__[_KEPT] = first


def stands(error: BaseException) -> wire.Stands | None:
    """What stands in the innermost line of the notebook that the exception came through."""
    try:
        kept = error.__dict__.get(_KEPT, error)
        found = _innermost(kept.__traceback__)
        return _looked_at(*found) if found is not None else None
    except Exception:  # noqa: BLE001 - names of student code may be anything; then nothing is known
        return None


def _innermost(traceback: TracebackType | None) -> tuple[CodeType, _Place, dict[str, Any]] | None:
    found = None
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if _CELL.match(code.co_filename):
            place = _place(code, traceback.tb_lasti)
            if place is not None:
                names = {**traceback.tb_frame.f_globals, **traceback.tb_frame.f_locals}
                found = code, place, names
        traceback = traceback.tb_next
    return found


def _place(code: CodeType, at: int) -> _Place | None:
    for number, place in enumerate(code.co_positions()):
        if number == at // 2:
            line, end, column, end_column = place
            if line is None or end is None or column is None or end_column is None:
                return None
            return line, end, column, end_column
    return None


def _looked_at(code: CodeType, place: _Place, names: Mapping[str, Any]) -> wire.Stands | None:
    tree = _tree("".join(linecache.getlines(code.co_filename)))
    found = _node_at(tree, place)
    if found is None:
        return None
    node, parent = found
    if isinstance(node, ast.Raise | ast.Assert | ast.Return | ast.Assign):
        return None
    kind = _kind(node, parent)
    given = _given(node)
    module = _module(node, names)
    empty = next(_empty(node, names), "")
    return wire.Stands(
        node=kind,
        name=_cut(_name(node)),
        module=_cut(module),
        given=tuple(_thing(each, names) for each in given[:_MOST]),
        keywords=tuple(_cut(each) for each in _keywords(node)[:_MOST]),
        nothing=_cut(next(_idle(node, names), "") or _giver(tree, empty, place, names)),
        empty=_cut(empty if _is_of_a_shape(tree, empty, place) else ""),
    )


@lru_cache(maxsize=8)
def _tree(text: str) -> ast.Module:
    return ast.parse(text)


def _node_at(tree: ast.Module, place: _Place) -> tuple[ast.AST, ast.AST | None] | None:
    """The innermost node at exactly this place, and what it stands in."""
    found: tuple[ast.AST, ast.AST | None] | None = None
    pending: list[tuple[ast.AST, ast.AST | None]] = [(tree, None)]
    while pending:
        node, parent = pending.pop()
        pending.extend((child, node) for child in ast.iter_child_nodes(node))
        if isinstance(node, ast.expr | ast.stmt) and _placed(node) == place:
            # An expression that is a statement of its own stands in the same place.
            if found is None or isinstance(node, ast.expr):
                found = node, parent
        elif isinstance(node, ast.ClassDef) and node.lineno == place[0] and found is None:
            found = node, parent
    return found


def _placed(node: ast.expr | ast.stmt) -> _Place:
    return node.lineno, node.end_lineno or 0, node.col_offset, node.end_col_offset or 0


def _kind(node: ast.AST, parent: ast.AST | None) -> wire.Node:
    if isinstance(parent, ast.If | ast.While | ast.IfExp | ast.Assert) and node is parent.test:
        # A call in a test has a cause of its own only if it is the call that stops.
        return "call" if isinstance(node, ast.Call) else "test"
    if isinstance(parent, ast.For | ast.comprehension) and node is parent.iter:
        return "call" if isinstance(node, ast.Call) and _name(node) not in _LOOPED else "loop"
    match node:
        case ast.Call():
            return "call"
        case ast.Attribute():
            return "attribute"
        case ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
            return "test"
        case ast.BinOp() | ast.UnaryOp() | ast.AugAssign():
            return "operator"
        case ast.Compare(ops=ops):
            return "comparison" if len(ops) == 1 else "test"
        case ast.Name():
            return "name"
        case ast.Subscript():
            return "subscript"
        case ast.ClassDef():
            return "class"
        case ast.Tuple() | ast.List() if isinstance(getattr(node, "ctx", None), ast.Store):
            return "unpacking"
        case ast.Import() | ast.ImportFrom():
            return "import"
    return "other"


_LOOPED = ("zip", "range", "enumerate")


def _name(node: ast.AST) -> str:
    """What is called or read, as it is written; the sign of an operator."""
    match node:
        case ast.Call(func=func):
            return _name(func)
        case ast.Attribute(value=value, attr=attr):
            before = _name(value) if isinstance(value, ast.Name | ast.Attribute) else ""
            if isinstance(value, ast.Call) and _name(value) == "super":
                before = "super()"
            return f"{before}.{attr}"
        case ast.Name(id=name):
            return name
        case ast.BinOp(op=op) | ast.UnaryOp(op=op) | ast.AugAssign(op=op) | ast.BoolOp(op=op):
            return _SIGNS.get(type(op), "")
        case ast.Subscript(value=value):
            return _name(value)
    return ""


def _module(node: ast.AST, names: Mapping[str, Any]) -> str:
    """The name of the module in which something is called or looked up; empty if it is none."""
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    parts = _name(node).split(".")
    value = names.get(parts[0])
    for part in parts[1:-1]:
        value = getattr(value, part, None) if isinstance(value, ModuleType) else None
    return value.__name__ if isinstance(value, ModuleType) else ""


def _given(node: ast.AST) -> list[ast.expr]:
    """What a call is given by position, or what an operator or comparison stands between."""
    match node:
        case ast.Call(args=args):
            return list(args)
        case ast.BinOp(left=left, right=right):
            return [left, right]
        case ast.AugAssign(target=left, value=right):
            return [left, right]
        case ast.UnaryOp(operand=operand):
            return [operand]
        case ast.Compare(left=left, comparators=others):
            return [left, *others]
        case ast.BoolOp(values=values):
            return list(values)
        case ast.Attribute(value=value) | ast.Subscript(value=value):
            return [value]
        case ast.ClassDef(bases=bases):
            return list(bases)
    return []


def _keywords(node: ast.AST) -> list[str]:
    return [each.arg for each in node.keywords if each.arg] if isinstance(node, ast.Call) else []


def _idle(node: ast.AST, names: Mapping[str, Any]) -> Iterator[str]:
    """Functions of the notebook, called here or in what is given here, that give nothing back."""
    for call in ast.walk(node):
        if not isinstance(call, ast.Call):
            continue
        value = _value(call.func, names)
        if isinstance(value, FunctionType) and _CELL.match(value.__code__.co_filename):
            text = "".join(linecache.getlines(value.__code__.co_filename))
            line = value.__code__.co_firstlineno
            if any(gives_nothing(each) for each in _definitions(text, line)):
                yield value.__name__


def _empty(node: ast.AST, names: Mapping[str, Any]) -> Iterator[str]:
    """Variables that are read here and hold None."""
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and each.id in names and names[each.id] is None:
            yield each.id


def _assigned(tree: ast.Module, name: str, place: _Place) -> ast.expr | None:
    """What the variable was given last before the place."""
    found: ast.Assign | None = None
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and name and node.lineno <= place[0]:
            named = [each.id for each in node.targets if isinstance(each, ast.Name)]
            if name in named and (found is None or node.lineno > found.lineno):
                found = node
    return found.value if found is not None else None


def _giver(tree: ast.Module, empty: str, place: _Place, names: Mapping[str, Any]) -> str:
    """The function of the notebook that gave a variable nothing; empty if none did."""
    value = _assigned(tree, empty, place)
    return next(_idle(value, names), "") if value is not None else ""


def _is_of_a_shape(tree: ast.Module, empty: str, place: _Place) -> bool:
    """Whether a variable was read off a shape."""
    value = _assigned(tree, empty, place)
    return value is not None and any(
        isinstance(each, ast.Attribute) and "shape" in each.attr for each in ast.walk(value)
    )


def _definitions(text: str, line: int) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(_tree(text)):
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            if first == line:
                yield node


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    """The value of a name, or of an attribute that an object or class simply has."""
    match node:
        case ast.Name(id=name):
            return names.get(name)
        case ast.Attribute(value=ast.Name() as inner, attr=attr):
            value = names.get(getattr(inner, "id", ""))
            if isinstance(value, ModuleType):
                return value.__dict__.get(attr)
            kept = getattr(value, "__dict__", {})
            if attr in kept:
                return kept[attr]
            for cls in type(value).__mro__:
                if attr in cls.__dict__:
                    return cls.__dict__[attr]
    return None


def _thing(node: ast.expr, names: Mapping[str, Any]) -> wire.Thing:
    """Of which kind an expression's value is, as far as it can be told without computing it."""
    match node:
        case ast.Compare() | ast.UnaryOp(op=ast.Not()) | ast.BoolOp():
            return "truth"
        case ast.Constant(value=value):
            return _thing_of(value)
        case ast.Tuple():
            return "pair"
        case ast.List():
            return "list"
        case ast.Lambda():
            return "function"
        case ast.UnaryOp(operand=operand):
            return _thing(operand, names)
        case ast.Name(id=name) if name in names:
            return _thing_of(names[name])
        case ast.Attribute():
            value = _value(node, names)
            return _thing_of(value) if value is not None else ""
        case ast.Call(args=[_], keywords=[]) if _name(node).split(".")[-1] == "where":
            return "places"
        case ast.Call():
            return "called"
    return ""


# In this order: a truth is a whole number for Python too.
_THINGS: tuple[tuple[type, wire.Thing], ...] = (
    (type(None), "nothing"),
    (bool, "truth"),
    (int, "whole number"),
    (float, "number"),
    (str, "text"),
    (tuple, "pair"),
    (list, "list"),
    (type, "class"),
    (ModuleType, "module"),
    (FunctionType, "function"),
)


def _thing_of(value: Any) -> wire.Thing:
    if isinstance(value, tf.Tensor | tf.Variable | np.ndarray):
        name = str(value.dtype.name)
        if name == "bool":
            return "truths"
        return "whole numbers" if name.startswith(("int", "uint")) else "tensor"
    return next((thing for kind, thing in _THINGS if isinstance(value, kind)), "object")


def _cut(text: str) -> str:
    return text[: wire.MAX_NAME].encode("utf-8", "backslashreplace").decode()[: wire.MAX_NAME]
