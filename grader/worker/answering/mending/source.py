"""A cell's text, and where in it the parts of its statements stand."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Sequence

# What needs no brackets wherever it is put.
_ATOMS = (ast.Name, ast.Call, ast.Attribute, ast.Subscript, ast.List, ast.Dict, ast.Set)
# What an expression may stand in without brackets of its own.
_LOOSE = (ast.Call, ast.keyword, ast.Return, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr)


class Source:
    """The text of one cell. Offsets count characters from its beginning."""

    def __init__(self, cell: int, text: str) -> None:
        self.cell, self.text = cell, text
        self.lines = text.split("\n")
        self._plain = text.isascii()
        self._starts = [0]
        for line in self.lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def offset(self, line: int, column: int) -> int:
        """Of a line, counted from 1, and a column that counts bytes as `ast` does."""
        if not self._plain:
            column = len(self.lines[line - 1].encode()[:column].decode(errors="replace"))
        return self._starts[line - 1] + column

    def line_offset(self, line: int) -> int:
        """Where a line begins, counted from 1."""
        return self._starts[line - 1]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1."""
        line = bisect_right(self._starts, offset, hi=len(self.lines))
        return line, offset - self._starts[line - 1] + 1

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Where a node begins and ends; decorators of a definition included."""
        line, column = node.lineno, node.col_offset  # type: ignore[attr-defined]
        if decorators := getattr(node, "decorator_list", None):
            first = decorators[0]
            line, column = first.lineno, first.col_offset
            column = self.lines[line - 1].encode().rfind(b"@", 0, column)
        end_line, end_column = node.end_lineno, node.end_col_offset  # type: ignore[attr-defined]
        return self.offset(line, column), self.offset(end_line, end_column)

    def segment(self, node: ast.AST) -> str:
        """The text of a node."""
        start, end = self.span(node)
        return self.text[start:end]

    def inner(self, node: ast.expr) -> str:
        """The text of an expression, in brackets if it needs them inside another."""
        text = self.segment(node)
        return text if is_atom(node) and "\n" not in text else f"({text})"

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def indent(self, offset: int) -> str | None:
        """The blanks before an offset; None if something else stands there."""
        before = self.text[self.line_start(offset) : offset]
        return None if before.strip() else before


def is_atom(node: ast.expr) -> bool:
    """Whether the expression needs no brackets wherever it is put."""
    if isinstance(node, ast.Constant):
        return not isinstance(node.value, complex | bytes)
    return isinstance(node, _ATOMS)


def fitted(text: str, parent: ast.AST, field: str, *, atom: bool) -> str:
    """A new expression, in brackets if it needs them where it is put."""
    loose = isinstance(parent, _LOOSE) and field != "func"
    return text if atom or loose else f"({text})"


def children(node: ast.AST) -> Sequence[tuple[str, ast.AST]]:
    """The parts of a node in order, each with the field that it stands in."""
    found: list[tuple[str, ast.AST]] = []
    for field, value in ast.iter_fields(node):
        if isinstance(value, ast.AST):
            found.append((field, value))
        elif isinstance(value, list):
            found += [(field, each) for each in value if isinstance(each, ast.AST)]
    return found
