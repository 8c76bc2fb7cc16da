"""Puts what a notebook writes into files where it runs or imports them.

    %run helpers.py, %load helpers.py     the file's statements, in place of the line
    exec(open("helpers.py").read())       the same, also below `with open(...)`
    from helpers import *                 the names that the file binds, one by one
    import losses                         also the names asked for that only `losses` has

After that, a notebook is read as if it had no files but those that an import names.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ...wire import Spot
from ..documents.notebook import CodeCell
from .effects import UNCOMPILABLE, effects
from .python_cells import PythonCell
from .written import File, Files

_RUN_LINE = re.compile(r"\s*%?(?:run|load|loadpy)[ \t]+(.+)")
_RUN_MAGICS = frozenset({"run", "load", "loadpy"})
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_RUNNERS = frozenset({"run_line_magic", "magic", "run_cell_magic"})
# A file that runs itself, or two that run each other, must come to an end.
_MAX_DEPTH, _MAX_STATEMENTS = 5, 20_000


def spliced(
    code: Sequence[CodeCell], cells: Sequence[PythonCell], files: Files
) -> list[PythonCell]:
    """The cells with the statements of files in place of what runs these."""
    sources = {cell.number: cell.source.split("\n") for cell in code}
    made: list[PythonCell] = []
    for cell in cells:
        if cell.magic in _RUN_MAGICS:
            file = _named_in("\n".join(sources[cell.number]).strip(), files, cell.number)
            made += _run(file, files, 0) if file else [cell]
            continue
        made += _in_cell(cell, sources.get(cell.number, []), files, 0)
    return made


def imported_names(
    cells: Iterable[PythonCell], files: Files, names: Sequence[str]
) -> list[PythonCell]:
    """The cells with an import of those `names` that only an imported file defines."""
    made: list[PythonCell] = []
    for cell in cells:
        made.append(cell)
        for node in cell.statements:
            if isinstance(node, _DEFINITIONS):
                continue
            for module in _modules_within(node):
                file = files.module(module, cell.number)
                bound = binders(file) if file else {}
                if here := [name for name in names if name in bound]:
                    made.append(replace(cell, statements=(_import(node, module, here),)))
    return made


def binders(file: File) -> dict[str, Spot]:
    """The names that a file binds at its top level, each with the place where it does so last."""
    found: dict[str, Spot] = {}
    for cell in file.code:
        for node in cell.statements:
            try:
                for name in effects(node).binds:
                    found[name] = Spot(cell.number, node.lineno)
            except UNCOMPILABLE:
                continue
    return found


def within(file: File, files: Files) -> list[PythonCell]:
    """The statements of a file, with those of other files that it runs."""
    return list(_run(file, files, 0))


def is_written(node: ast.stmt, files: Files) -> bool:
    """Whether an import is of a file that the notebook has written."""
    return any(files.has(module) for module in _modules_of(node))


def last_imports(cells: Iterable[PythonCell], files: Files) -> dict[str, int]:
    """The last cell in which each written module is imported."""
    found: dict[str, int] = {}
    for cell in cells:
        for node in cell.statements:
            for module in _modules_within(node):
                if files.has(module):
                    found[module] = max(cell.number, found.get(module, 0))
    return found


def cells_behind(node: ast.stmt, at: int, files: Files) -> set[int]:
    """The cells that hold what an import brings, through all files that it leads to."""
    found: set[int] = set()
    pending = [files.module(module, at) for module in _modules_of(node)]
    seen: set[tuple[str, ...]] = set()
    while pending:
        file = pending.pop()
        if file is None or file.path in seen:
            continue
        seen.add(file.path)
        for cell in file.code:
            found.add(cell.number)
            pending += [
                files.module(module)
                for inner in cell.statements
                for module in _modules_within(inner)
            ]
    return found


def spot_behind(node: ast.stmt, at: int, files: Files) -> Spot | None:
    """Where the name stands in its file that `from helpers import name` brings."""
    if not isinstance(node, ast.ImportFrom):
        return None
    file = files.module(node.module or "", at)
    return binders(file).get(node.names[0].name) if file else None


def _in_cell(
    cell: PythonCell, source: Sequence[str], files: Files, depth: int
) -> Iterator[PythonCell]:
    """The cell, cut where a file is run."""
    kept: list[ast.stmt] = []
    for node in cell.statements:
        file = _run_by(node, source, files, cell.number) if depth < _MAX_DEPTH else None
        if file is None:
            kept.append(_without_star(node, files, cell.number))
            continue
        yield replace(cell, statements=tuple(kept))
        kept = []
        yield from _run(file, files, depth + 1)
    yield replace(cell, statements=tuple(kept))


def _run(file: File, files: Files, depth: int) -> Iterator[PythonCell]:
    for cell in file.code:
        if len(cell.statements) <= _MAX_STATEMENTS:
            yield from _in_cell(cell, cell.text.split("\n"), files, depth)


def _run_by(node: ast.stmt, source: Sequence[str], files: Files, at: int) -> File | None:
    """The written file that a statement runs in the notebook's own namespace."""
    if isinstance(node, ast.Pass) and node.lineno <= len(source):
        return _named_in(source[node.lineno - 1], files, at)
    if isinstance(node, ast.With):
        # The text of a file that is opened in its head is executed in its body.
        opened = [part for item in node.items for part in ast.walk(item.context_expr)]
        runs = any(
            isinstance(part, ast.Call)
            and isinstance(part.func, ast.Name)
            and part.func.id == "exec"
            for inner in node.body
            for part in ast.walk(inner)
        )
        return _written_among(opened, files, at) if runs else None
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return None
    call = node.value
    if isinstance(call.func, ast.Attribute) and call.func.attr in _RUNNERS:
        words = [each.value for each in call.args if isinstance(each, ast.Constant)]
        return _named_in(" ".join(str(word) for word in words), files, at)
    if isinstance(call.func, ast.Name) and call.func.id in {"exec", "execfile"} and call.args:
        return _written_among(ast.walk(call.args[0]), files, at)
    return None


def _written_among(nodes: Iterable[ast.AST], files: Files, at: int) -> File | None:
    """The written file that a text among these nodes names."""
    words = (node.value for node in nodes if isinstance(node, ast.Constant))
    named = (files.file(word, at) for word in words if isinstance(word, str))
    return next((file for file in named if file is not None), None)


def _named_in(line: str, files: Files, at: int) -> File | None:
    """The written file that a line such as `%run -i helpers.py` names."""
    match = _RUN_LINE.fullmatch(line.rstrip())
    words = match[1].split() if match else []
    words = [word.strip("'\"") for word in words if not word.startswith("-")]
    return files.file(words[0], at) if words else None


def _without_star(node: ast.stmt, files: Files, at: int) -> ast.stmt:
    """`from helpers import *` with the names that there are."""
    if not isinstance(node, ast.ImportFrom) or node.level or node.names[0].name != "*":
        return node
    file = files.module(node.module or "", at)
    if file is None:
        return node
    names = sorted(name for name in binders(file) if not name.startswith("_"))
    return _import(node, node.module or "", names) if names else node


def _import(node: ast.stmt, module: str, names: Iterable[str]) -> ast.stmt:
    aliases = [ast.copy_location(ast.alias(name), node) for name in names]
    return ast.copy_location(ast.ImportFrom(module, aliases, 0), node)


def _modules_within(node: ast.stmt) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.stmt):
            yield from _modules_of(part)


def _modules_of(node: ast.stmt) -> Iterator[str]:
    """The modules that an import may name."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        above = f"{node.module}." if node.module else ""
        yield from (f"{above}{alias.name}" for alias in node.names)
        if node.module:
            yield node.module
