"""A slice as statements to execute: compound ones without the parts that nothing needs."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from .linking import bound
from .outline import Unit, blocks, header

# A name no notebook can spell, under which the guard around imports is called.
IMPORT_FAILED = "<import failed>"


@dataclass(frozen=True)
class Statement:
    """One top-level statement of a slice, ready to be compiled.

    line: where it starts in its cell; the nodes keep the lines of the notebook.
    binds: the names it may bind. flags: of `from __future__` in force.
    """

    cell: int
    line: int
    node: ast.stmt
    binds: frozenset[str]
    flags: int = 0


def statement(unit: Unit, kept: AbstractSet[int]) -> Statement:
    """The top-level unit with those of its parts that are kept."""
    binds = set(bound(unit))
    for part in unit.within():
        if part.position in kept:
            binds |= bound(part)
    return Statement(unit.cell, unit.line, _built(unit, kept), frozenset(binds), unit.flags)


def _built(unit: Unit, kept: AbstractSet[int]) -> ast.stmt:
    if unit.is_import and not unit.caught:
        return _guarded(unit.node)
    if not unit.is_compound or not unit.parts:
        return unit.node
    parts: dict[int, list[ast.stmt]] = defaultdict(list)
    for part in unit.parts:
        if part.position in kept:
            parts[part.block].append(_built(part, kept))
    result = header(unit.node)
    for index, (_, block) in enumerate(blocks(result)):
        if index in parts:
            block[:] = parts[index]
    return result


def _guarded(node: ast.stmt) -> ast.stmt:
    """`import x`, with a stand-in for what is missing; as in a block that catches nothing."""
    if not isinstance(node, ast.Import | ast.ImportFrom) or _is_future(node):
        return node
    alias = node.names[0]
    name = alias.asname or alias.name
    if isinstance(node, ast.Import) and not alias.asname:
        name = name.partition(".")[0]
    call = ast.Call(ast.Name(IMPORT_FAILED, ast.Load()), [ast.Constant(name)], [])
    handler = ast.ExceptHandler(type=None, name=None, body=[ast.Expr(call)])
    for new in (call.func, call.args[0], call, handler.body[0], handler):
        ast.copy_location(new, node)
    guarded = ast.Try(body=[node], handlers=[handler], orelse=[], finalbody=[])
    return ast.copy_location(guarded, node)


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"
