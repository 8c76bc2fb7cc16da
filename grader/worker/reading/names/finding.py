"""Where a notebook defines a name, and where it only seems to."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ...wire import Spot
from ..cells.python_cells import Problem, PythonCell
from ..documents.notebook import Notebook
from .linking import Links, bound
from .outline import Unit

_HEAD = re.compile(r"\s*(?:async\s+def|def|class)\b")
_MAX_LOOKS = 20
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class BrokenDefinition:
    """A definition that is not valid Python. whole_cell: it takes its cell with it."""

    spot: Spot
    problem: Problem
    whole_cell: bool


@dataclass(frozen=True)
class View:
    """A notebook read for some names."""

    notebook: Notebook
    cells: tuple[PythonCell, ...]
    links: Links
    names: tuple[str, ...]

    def definition(self, name: str) -> Unit | None:
        """The last statement that binds the name; None if none does or it is deleted after."""
        binders = self.links.binders(name)
        if binders and is_deletion(binders[-1], name):
            return None
        for unit in reversed(binders):
            if name in bound(unit) and not missing_module(unit):
                return unit
        return None

    def broken(self, name: str) -> BrokenDefinition | None:
        """The last definition of the name that is not valid Python."""
        found: BrokenDefinition | None = None
        for unit in self.links.units:
            if unit.problem and _defines(unit.node, name):
                found = BrokenDefinition(Spot(unit.cell, unit.line), unit.problem, whole_cell=False)
        for cell in self.cells:
            line = line_of_definition(cell.text, name) if cell.problem else None
            if cell.problem is None or line is None or _is_read(cell, line):
                continue
            if found is None or cell.number > found.spot.cell:
                found = BrokenDefinition(Spot(cell.number, line), cell.problem, whole_cell=True)
        return found

    def nested(self, name: str) -> Iterator[tuple[Spot, str, bool]]:
        """Definitions inside a function or class: place, what it is in, whether that is a class."""
        for unit in self.links.units:
            if isinstance(unit.node, _DEFINITIONS) and unit.node.name != name:
                for node in ast.walk(unit.node):
                    if isinstance(node, _DEFINITIONS) and node.name == name:
                        is_class = isinstance(unit.node, ast.ClassDef)
                        yield Spot(unit.cell, node.lineno), unit.node.name, is_class


def is_deletion(unit: Unit, name: str) -> bool:
    """Whether the unit deletes the name, whatever happens."""
    return unit.is_top and name in unit.effects.deletes


def missing_module(unit: Unit) -> str | None:
    """The module that an import names, if there is no such module here."""
    node = unit.node
    if unit.is_written:
        return None
    if isinstance(node, ast.ImportFrom) and node.level:
        return "." * node.level + (node.module or "")
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
    elif isinstance(node, ast.Import):
        module = node.names[0].name
    else:
        return None
    return None if _is_there(module.partition(".")[0]) else module


@cache
def _is_there(top_level: str) -> bool:
    try:
        return importlib.util.find_spec(top_level) is not None
    except (ImportError, ValueError):
        # A module put there by hand has no spec; it is there all the same.
        return True


def _is_read(cell: PythonCell, line: int) -> bool:
    """Whether the line is in a statement of the cell, and not in what was left out of it."""
    return any(
        statement.lineno <= line <= (statement.end_lineno or 0) for statement in cell.statements
    )


def line_of_definition(text: str, name: str, prefix: str = r"[ \t]*") -> int | None:
    """The last line that looks like a definition of the name, in text of any kind.

    What stands inside a function or class is none: inner functions are often called like this.
    """
    pattern = (
        rf"^{prefix}(?:(?:async[ \t]+)?def|class)[ \t]+{re.escape(name)}\b"
        rf"|^{re.escape(name)}[ \t]*=(?!=)"
    )
    # Only so many are looked at: text can be long, and each look goes through what is above.
    matches = deque(re.finditer(pattern, text, re.MULTILINE), _MAX_LOOKS)
    lines = text.split("\n") if matches else []
    for match in reversed(matches):
        number = text.count("\n", 0, match.start()) + 1
        if not _is_inside(lines, number):
            return number
    return None


def _is_inside(lines: Sequence[str], number: int) -> bool:
    """Whether the line stands in the body of a function or class, by its indentation."""
    indentation = _width(lines[number - 1])
    for line in reversed(lines[: number - 1]):
        if line.strip() and _width(line) < indentation:
            if _HEAD.match(line):
                return True
            indentation = _width(line)
    return False


def _width(line: str) -> int:
    return len(line) - len(line.lstrip())


def _defines(node: ast.stmt, name: str) -> bool:
    if isinstance(node, _DEFINITIONS):
        return node.name == name
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return any(isinstance(target, ast.Name) and target.id == name for target in targets)
