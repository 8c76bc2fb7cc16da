"""The names that stand in some statements: all that may be quoted of what they raise later."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from ..reading.names.pruning import Statement
from ..wire import MAX_NAME, MAX_WORDS


def words(statements: Iterable[Statement]) -> tuple[str, ...]:
    """Each name in the statements once, in their order; the first of them if there are too many.

    Methods also with their class in front, as Python tells of them.
    """
    found: dict[str, None] = {}
    for statement in statements:
        for node in ast.walk(statement.node):
            for name in _names(node):
                if name.isidentifier() or "." in name:
                    found.setdefault(name[:MAX_NAME])
            if len(found) > MAX_WORDS:
                return tuple(found)[:MAX_WORDS]
    return tuple(found)


def _names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
            yield name
        case ast.keyword(arg=str() as name):
            yield name
        case ast.alias(name=name, asname=other):
            yield from (name, *name.split("."), *([other] if other else ()))
        case ast.ClassDef(name=name, body=body):
            methods = [each.name for each in body if isinstance(each, ast.FunctionDef)]
            yield name
            yield from (f"{name}.{method}" for method in (*methods, "__init__", "__call__"))
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            yield name
