"""Edits of imports: from a module that no longer has what is used of it."""

from __future__ import annotations

import ast
import difflib
import sys
from collections.abc import Iterable, Iterator, Mapping

from ....reading.names.pruning import Statement
from ..answer import Answer
from ..edits import Edit, Piece
from ..source import Source

_MODULES = (
    "tensorflow", "keras", "numpy", "math", "functools", "tensorflow.keras", "keras.losses",
    "tensorflow.keras.losses", "tensorflow.keras.backend", "keras.ops", "keras.backend",
    "tensorflow.experimental.numpy", "tensorflow.math",
)  # fmt: skip
# Modules whose contents moved elsewhere, and where that is.
_MOVED = {
    "keras.backend": "tensorflow.keras",
    "keras": "tensorflow.keras",
    "tensorflow.python.keras": "tensorflow.keras",
    "tensorflow.python.keras.losses": "tensorflow.keras.losses",
    "tensorflow.contrib.keras": "tensorflow.keras",
    "keras.losses": "tensorflow.keras.losses",
    "keras.engine": "tensorflow.keras",
    "tensorflow.keras.layers": "tensorflow.keras.losses",
    "keras.layers": "keras.losses",
    "tensorflow.math": "tensorflow",
    "numpy": "tensorflow",
    "math": "tensorflow",
}


def import_edits(
    answer: Answer, sources: Mapping[int, Source], needed: Iterable[Statement]
) -> Iterator[Edit]:
    """The same names imported from another module."""
    for statement in needed:
        source = sources.get(statement.cell)
        for node in ast.walk(statement.node) if source is not None else ():
            if isinstance(node, ast.ImportFrom) and source is not None:
                yield from _from_elsewhere(source, node)
                yield from _misspelt(source, node)
            if isinstance(node, ast.Import) and source is not None:
                yield from _another(source, node)
                yield from _misspelt(source, node)


def _from_elsewhere(source: Source, node: ast.ImportFrom) -> Iterator[Edit]:
    module = node.module or ""
    new = _MOVED.get(module)
    if new is None or node.level:
        return
    start, end = source.span(node)
    at = source.text.find(module, start, end)
    names = {alias.name for alias in node.names}
    if at >= 0:
        look = (Piece(source.cell, at, at + len(module), new),)
        yield Edit("gone", 3 if "backend" in names or module == "keras.backend" else 9, look)


def _misspelt(source: Source, node: ast.ImportFrom | ast.Import) -> Iterator[Edit]:
    """The name of a module, or of something in it, that is nearly one that exists."""
    start, end = source.span(node)
    modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
    modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    for module in modules:
        at = source.text.find(module, start, end)
        for rank, near in enumerate(difflib.get_close_matches(module, _MODULES, n=2, cutoff=0.7)):
            if near != module and at >= 0:
                yield Edit("spelling", 5 + rank, (Piece(source.cell, at, at + len(module), near),))
    if isinstance(node, ast.ImportFrom):
        known = dir(sys.modules.get(node.module or ""))
        for alias in node.names:
            at = source.text.rfind(alias.name, start, end)
            alikes = difflib.get_close_matches(alias.name, known, n=2, cutoff=0.7)
            for rank, name in enumerate(alikes):
                if alias.name not in known and at >= 0:
                    piece = Piece(source.cell, at, at + len(alias.name), name)
                    yield Edit("spelling", 5 + rank, (piece,))


def _another(source: Source, node: ast.Import) -> Iterator[Edit]:
    """`import keras.backend as K` and the like."""
    start, end = source.span(node)
    for alias in node.names:
        new = {"keras.backend": "tensorflow.keras.backend", "keras": "tensorflow.keras"}.get(
            alias.name
        )
        at = source.text.find(alias.name, start, end)
        if new and alias.asname and at >= 0:
            cost = 3 if "backend" in new else 9
            yield Edit("gone", cost, (Piece(source.cell, at, at + len(alias.name), new),))
