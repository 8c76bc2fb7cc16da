"""The statements of a notebook, one unit each, down into `if`, `for`, `try` and their like.

A compound statement is a unit for its header (the test, the iterable, the context) and
holds the units of its blocks, so that a slice can take `T = 1.0` out of a loop and leave
the training beside it. Functions and classes are one unit. An import of several names is
a unit for each.
"""

from __future__ import annotations
import __future__

import ast
import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..cells.effects import UNCOMPILABLE, Effects, effects
from ..cells.python_cells import Problem, PythonCell, problem_of
from .mutation import Changes, aliases, changes

Block = list[ast.stmt]
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_COMPOUND = (*_LOOPS, ast.If, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)
_IMPORTS = (ast.Import, ast.ImportFrom)


@dataclass(slots=True, eq=False)
class Unit:
    """One statement, or the header of a compound one.

    position: its place among all units. end: one past the last unit of the same
    top-level statement. flags: the `from __future__` that are in force. role, block: which
    block of its parent it stands in. caught: an `except` of the student catches what it
    raises. sources, is_same: see `aliases`. problem: why it can't be compiled; it is never
    executed then. parts: the units of its blocks. is_written: it imports what the notebook has
    itself written into a file.
    """

    position: int
    cell: int
    node: ast.stmt
    flags: int
    parent: Unit | None
    role: str
    block: int
    caught: bool
    end: int = 0
    effects: Effects = field(default_factory=Effects)
    changes: Changes = field(default_factory=Changes)
    sources: frozenset[str] = frozenset()
    is_same: bool = False
    problem: Problem | None = None
    parts: list[Unit] = field(default_factory=list)
    is_written: bool = False

    @property
    def line(self) -> int:
        """Where it starts in its cell."""
        return self.node.lineno

    @property
    def is_compound(self) -> bool:
        """Whether it is the header of a compound statement."""
        return isinstance(self.node, _COMPOUND)

    @property
    def is_loop(self) -> bool:
        """Whether it is the header of a loop."""
        return isinstance(self.node, _LOOPS)

    @property
    def is_import(self) -> bool:
        """Whether it is an import of one name."""
        return isinstance(self.node, _IMPORTS)

    @property
    def is_star(self) -> bool:
        """Whether it is `from x import *`, which may bind anything."""
        return isinstance(self.node, ast.ImportFrom) and self.node.names[0].name == "*"

    @property
    def is_top(self) -> bool:
        """Whether it stands at the top level, in no block."""
        return self.parent is None

    def within(self) -> Iterator[Unit]:
        """All units of its blocks, at any depth."""
        pending = list(reversed(self.parts))
        while pending:
            unit = pending.pop()
            yield unit
            pending += reversed(unit.parts)


def outline(cells: Iterable[PythonCell]) -> list[Unit]:
    """The units of all cells, in order."""
    builder = _Builder()
    for cell in cells:
        builder.read(cell)
    return builder.units


def blocks(node: ast.stmt) -> Iterator[tuple[str, Block]]:
    """The blocks of a compound statement, each with its role."""
    for role in ("body", "orelse", "finalbody"):
        if block := getattr(node, role, None):
            yield role, block
    for handler in getattr(node, "handlers", ()):
        yield "handler", handler.body
    for case in getattr(node, "cases", ()):
        yield "case", case.body


def header(node: ast.stmt) -> ast.stmt:
    """The compound statement with nothing in its blocks."""
    result = copy.copy(node)
    nothing = [ast.copy_location(ast.Pass(), node)]
    for role in ("body", "orelse", "finalbody"):
        if getattr(node, role, None):
            setattr(result, role, list(nothing))
    for role in ("handlers", "cases"):
        if parts := getattr(node, role, None):
            setattr(result, role, [_emptied(part, nothing) for part in parts])
    return result


def _emptied(
    part: ast.ExceptHandler | ast.match_case, nothing: list[ast.Pass]
) -> ast.ExceptHandler | ast.match_case:
    result = copy.copy(part)
    result.body = list(nothing)
    return result


class _Builder:
    """Collects units; keeps count of position and of the futures in force."""

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self._flags = 0

    def read(self, cell: PythonCell) -> None:
        for statement in cell.statements:
            # A future counts for its whole cell and, as in Jupyter, for those after it.
            self._flags |= _futures(statement)
        for statement in cell.statements:
            start = len(self.units)
            try:
                self._add(cell.number, statement)
            except UNCOMPILABLE as error:
                # Blocks nested so deeply that looking into them is too much.
                del self.units[start:]
                self._unit(self._closed(cell.number, statement, error))
            for unit in self.units[start:]:
                unit.end = len(self.units)

    def _add(
        self,
        cell: int,
        node: ast.stmt,
        parent: Unit | None = None,
        role: str = "",
        block: int = 0,
        *,
        caught: bool = False,
    ) -> None:
        for single in _singles(node):
            unit = self._unit(
                Unit(len(self.units), cell, single, self._flags, parent, role, block, caught)
            )
            stub = header(single) if unit.is_compound else single
            try:
                self._look(unit, stub)
            except UNCOMPILABLE as error:
                unit.problem = problem_of(error)
            for index, (name, statements) in enumerate(blocks(single) if unit.is_compound else ()):
                inside = caught or (bool(getattr(single, "handlers", None)) and name == "body")
                for statement in statements:
                    self._add(cell, statement, unit, name, index, caught=inside)

    def _unit(self, unit: Unit) -> Unit:
        self.units.append(unit)
        if unit.parent:
            unit.parent.parts.append(unit)
            unit.problem = unit.parent.problem
        return unit

    def _look(self, unit: Unit, stub: ast.stmt) -> None:
        if isinstance(stub, ast.Break | ast.Continue):
            return
        unit.effects = effects(stub, unit.flags)
        if not unit.is_import:
            unit.changes = changes(stub)
            unit.sources, unit.is_same = aliases(stub)

    def _closed(self, cell: int, statement: ast.stmt, error: BaseException) -> Unit:
        unit = Unit(len(self.units), cell, statement, self._flags, None, "", 0, caught=False)
        unit.problem = problem_of(error)
        return unit


def _singles(node: ast.stmt) -> list[ast.stmt]:
    """An import of several names as an import for each; anything else as it is."""
    if not isinstance(node, _IMPORTS) or len(node.names) == 1:
        return [node]
    singles: list[ast.stmt] = []
    for alias in node.names:
        single = copy.copy(node)
        single.names = [alias]
        singles.append(single)
    return singles


def _futures(node: ast.stmt) -> int:
    if not isinstance(node, ast.ImportFrom) or node.module != "__future__":
        return 0
    flags = 0
    for alias in node.names:
        if alias.name in __future__.all_feature_names:
            flags |= getattr(__future__, alias.name).compiler_flag
    return flags
