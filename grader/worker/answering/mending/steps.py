"""The statements of an answer as steps that are executed, and what is known of them unexecuted."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import CodeType

from ...reading.cells.effects import UNCOMPILABLE, compiled, no_warnings
from ...reading.cells.python_cells import filename
from ...reading.names.pruning import Statement
from .edits import Piece
from .scope import DEFINITIONS
from .source import Source


@dataclass(frozen=True)
class Step:
    """A statement of the answer that is executed for each edit.

    body: where in its cell the body of a definition begins; None for other statements, and where
    annotations may have to be left alone.
    """

    statement: Statement
    code: CodeType | None
    body: int | None = None


def needs_no_annotations(statement: Statement, error: BaseException) -> bool:
    """Whether what is missing may be named in an annotation alone, whose value nobody needs."""
    return isinstance(statement.node, DEFINITIONS) and isinstance(error, NameError | ImportError)


def binding(nodes: Iterable[ast.stmt]) -> set[str]:
    """The names that simple statements and definitions bind, not in their bodies."""
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, DEFINITIONS):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            targets = (each for target in node.targets for each in ast.walk(target))
            names |= {each.id for each in targets if isinstance(each, ast.Name)}
    return names


def stand_in(node: ast.stmt) -> ast.stmt:
    """A statement that stands for a definition: it binds the same name, and is never executed."""
    target = ast.Name(getattr(node, "name", ""), ast.Store())
    return ast.Assign([target], ast.Constant(None))


def stays(source: Source, body: int, piece: Piece) -> bool:
    """Whether the definition around it begins and ends as it did with this piece in its body."""
    old = source.text[piece.start : piece.end]
    at_a_blank = source.text[piece.start : piece.start + 1].isspace() or piece.text[:1].isspace()
    return piece.start >= body and "\n" not in old + piece.text and not at_a_blank


def is_annotated(node: ast.stmt) -> bool:
    """Whether an annotation stands anywhere in the statement."""
    return any(
        isinstance(each, ast.AnnAssign)
        or getattr(each, "annotation", None) is not None
        or getattr(each, "returns", None) is not None
        for each in ast.walk(node)
    )


def named(codes: Iterable[CodeType | None]) -> set[str]:
    """The names that are not local, attributes among them."""
    names: set[str] = set()
    pending = [code for code in codes if code is not None]
    while pending:
        code = pending.pop()
        names.update(code.co_names)
        pending += [each for each in code.co_consts if isinstance(each, CodeType)]
    return names


def key(statement: Statement) -> tuple[object, ...]:
    """What tells a statement of a slice from all others of the notebook."""
    node = statement.node
    end = node.end_lineno, node.end_col_offset
    return statement.cell, node.lineno, node.col_offset, end, statement.binds


def imports(needed: Sequence[Statement], switches: set[int]) -> list[Statement]:
    """The imports whose names nothing else binds, and what changes global settings."""
    others = {name for each in needed if not _is_import(each) for name in each.binds}
    return [
        each
        for each in needed
        if id(each.node) in switches or (_is_import(each) and not each.binds & others)
    ]


def _is_import(step: Statement) -> bool:
    """Whether the statement is an import, with what guards it."""
    node = step.node
    if isinstance(node, ast.Try) and len(node.body) == 1 and len(node.handlers) == 1:
        handler = node.handlers[0]
        if handler.type is None and handler.body and isinstance(handler.body[0], ast.Expr):
            node = node.body[0]
    return isinstance(node, ast.Import | ast.ImportFrom)


def code_of(step: Statement) -> CodeType | None:
    """The statement compiled; None if it can't be."""
    try:
        with no_warnings():
            return compiled(step.node, filename(step.cell), step.flags)
    except UNCOMPILABLE:
        return None
