"""Solutions in a code cell, and the stubs that stand in their place for students.

A solution is the lines between two markers, which nbgrader's users know; what follows the
colon tells the student what to write there:

    def area(width, height):
        ### BEGIN SOLUTION: multiply the two
        return width * height
        ### END SOLUTION

The student gets

    def area(width, height):
        # Write your code here: multiply the two
        raise NotImplementedError("area is not written yet: replace this line")

so an untouched cell still defines its names, and using one says kindly what is missing.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

_BEGIN = re.compile(r"(?P<indent>[ \t]*)#+[ \t]*BEGIN SOLUTION[ \t]*(:[ \t]*(?P<task>.*?))?[ \t]*")
_END = re.compile(r"[ \t]*#+[ \t]*END SOLUTION[ \t]*")
# Whatever looks like a marker must be one: a typing mistake would hand out the solution.
_LIKE_A_MARKER = re.compile(r"#.*\b(BEGIN|END)[\s_-]*SOLUTION", re.IGNORECASE)


class MarkerError(ValueError):
    """The markers of a cell are not in order; the text says what is wrong, without the cell."""


@dataclass(frozen=True)
class _Region:
    """One solution: the lines of its markers, counted from 0, its indent and its task."""

    begin: int
    end: int
    indent: str
    task: str


def has_markers(source: str) -> bool:
    """Whether a line of the source looks like a marker."""
    return any(_LIKE_A_MARKER.search(line) for line in source.splitlines())


def without_solutions(source: str) -> str:
    """The cell's source with a stub in place of each solution.

    Raises MarkerError if markers are nested, unbalanced or misspelt, or if the cell is
    no Python, before or after.
    """
    lines = source.split("\n")
    regions = _regions(lines)
    if not regions:
        return source
    tree = _parse(source, "it is no Python")
    kept, position = [], 0
    for region in regions:
        kept += lines[position : region.begin]
        kept += _stub(region, _enclosing(tree, region))
        position = region.end + 1
    kept += lines[position:]
    stubbed = "\n".join(kept)
    _parse(stubbed, "it is no Python any more without its solution")
    return stubbed


def _regions(lines: list[str]) -> list[_Region]:
    regions = []
    begin: tuple[int, str, str] | None = None
    for number, line in enumerate(lines):
        if match := _BEGIN.fullmatch(line):
            if begin is not None:
                raise MarkerError(f"line {number + 1} begins a solution inside another one")
            begin = (number, match["indent"], match["task"] or "")
        elif _END.fullmatch(line):
            if begin is None:
                raise MarkerError(f"line {number + 1} ends a solution that has not begun")
            regions.append(_Region(begin[0], number, begin[1], begin[2]))
            begin = None
        elif _LIKE_A_MARKER.search(line):
            raise MarkerError(f"line {number + 1} is nearly a marker, but not quite")
    if begin is not None:
        raise MarkerError(f"the solution that begins in line {begin[0] + 1} has no end")
    return regions


def _parse(source: str, otherwise: str) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError as error:
        raise MarkerError(f"{otherwise} (line {error.lineno}: {error.msg})") from None


def _enclosing(tree: ast.Module, region: _Region) -> str:
    """The function or method whose body holds the region, such as `Loss.call`; or nothing."""
    names: list[str] = []
    body: list[ast.stmt] = tree.body
    while True:
        for node in body:
            if (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                # A marker is a comment and belongs to no node; at the end of a body the
                # closing one stands after the last node, so the opening one decides.
                and node.lineno <= region.begin + 1 < _last_line(node)
            ):
                names.append(node.name)
                body = node.body
                break
        else:
            return ".".join(names)


def _last_line(node: ast.stmt) -> int:
    return node.end_lineno or node.lineno


def _stub(region: _Region, name: str) -> list[str]:
    task = f": {region.task}" if region.task else ""
    message = f"{name or 'this cell'} is not written yet: replace this line"
    return [
        f"{region.indent}# Write your code here{task}",
        f'{region.indent}raise NotImplementedError("{message}")',
    ]
