"""Edits of imports: from a module that no longer has what is used of it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

from ..pruning import Statement
from .answer import Answer
from .edits import Edit, Piece
from .source import Source

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
            if isinstance(node, ast.Import) and source is not None:
                yield from _another(source, node)


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
