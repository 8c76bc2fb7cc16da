"""Edits that give the exercise its name: misspelt, deleted, bound to something else, out of reach.

These change which statements the name needs, so the notebook is sliced anew for each.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping

from ...reading.documents.notebook import Notebook
from ...reading.names.linking import bound
from ...reading.names.outline import Unit
from ...reading.slicing import Survey
from .answer import Answer
from .edits import Edit, Piece, Stretch
from .kinds.names import alike
from .kinds.statements import moved_in
from .scope import DEFINITIONS
from .source import Source

_MOST_NAMES = 6
_ALIKE, _MOST_UNLIKE = 0.55, 3
_DEFINED = re.compile(r"^[ \t]*(?:def|class)[ \t]+(\w+)", re.MULTILINE)


def exercise_edits(
    survey: Survey, notebook: Notebook, sources: Mapping[int, Source], answer: Answer
) -> Iterator[Edit]:
    """All of them."""
    name, others = answer.name, answer.taken - {answer.name}
    binders = survey.links.binders(name)
    defined = any(isinstance(unit.node, DEFINITIONS) for unit in binders)
    yield from _taken_away(sources, binders)
    yield from _strays(survey, sources, name)
    if not defined:
        yield from _misspelt(survey, sources, answer, others)
        yield from _nested(survey, sources, name)
        yield from _not_code(notebook, name)


def _taken_away(sources: Mapping[int, Source], binders: list[Unit]) -> Iterator[Edit]:
    """What deletes the name, or binds it to something else, left out."""
    for unit in binders[-3:]:
        source = sources.get(unit.cell)
        if source is None or isinstance(unit.node, DEFINITIONS) or not unit.is_top:
            continue
        span = source.span(unit.node)
        if len(binders) > 1:
            yield Edit("deleted", 4, (Piece(unit.cell, *span, "pass"),))
        if isinstance(unit.node, ast.Assign) and isinstance(unit.node.value, ast.Name):
            # The name of a wrapper, which makes a loss and is none.
            end = source.span(unit.node.value)[1]
            look = (Stretch(unit.cell, *source.span(unit.node.value)),)
            yield Edit("call", 8, (Piece(unit.cell, end, end, "(1.0)"),), look)
        if isinstance(unit.node, ast.Assign) and isinstance(unit.node.value, ast.Call):
            # `f = f(x)` and the like: what is called is what was to be bound.
            text = (
                f"{source.segment(unit.node.targets[0])} = {source.segment(unit.node.value.func)}"
            )
            yield Edit("call", 14, (Piece(unit.cell, *span, text),))


def _strays(survey: Survey, sources: Mapping[int, Source], name: str) -> Iterator[Edit]:
    """Statements after a definition that belong into it: a `return` at the margin, a method."""
    units = [unit for unit in survey.links.units if unit.is_top]
    for at, unit in enumerate(units):
        if not isinstance(unit.node, DEFINITIONS) or unit.node.name != name:
            continue
        source = sources.get(unit.cell)
        after = [each.node for each in units[at + 1 : at + 7] if each.cell == unit.cell]
        if source is not None and after:
            yield from moved_in(source, unit.node, after)


def _misspelt(
    survey: Survey, sources: Mapping[int, Source], answer: Answer, others: frozenset[str]
) -> Iterator[Edit]:
    """A definition under another name, called as it should be in all places."""
    name = answer.name
    candidates: dict[str, Unit] = {}
    for unit in survey.links.units:
        if unit.problem or unit.is_import or not unit.is_top:
            continue
        if answer.form != "class" and isinstance(unit.node, ast.ClassDef):
            continue  # it makes losses as a wrapper does, and is another exercise all the same
        for old in bound(unit) - others - {name}:
            if isinstance(unit.node, DEFINITIONS) or _gives_function(unit.node, old, name):
                candidates[old] = unit
    ranked = sorted(candidates, key=lambda each: (-alike(each, name), each))
    for rank, old in enumerate(ranked[:_MOST_NAMES]):
        unit = candidates[old]
        source = sources.get(unit.cell)
        close = alike(old, name)
        if source is None or (close < _ALIKE and rank >= _MOST_UNLIKE):
            continue
        pieces = tuple(_tokens(sources, old, name))
        first = next((p for p in pieces if p.cell == unit.cell
                      and p.start >= source.span(unit.node)[0]), None)  # fmt: skip
        if first is not None:
            look = Stretch(first.cell, first.start, first.end)
            yield Edit("definition", (4 if close >= _ALIKE else 12) + 2 * rank, pieces, (look,))


def _gives_function(node: ast.stmt, old: str, name: str) -> bool:
    """Whether an assignment may be the exercise's, under another name.

    What is made by a call is most often no answer, and long in the making: a model with its
    training. It has to be spelled like the exercise.
    """
    if not isinstance(node, ast.Assign):
        return False
    if isinstance(node.value, ast.Call):
        return alike(old, name) >= _ALIKE
    return isinstance(node.value, ast.Lambda | ast.Name)


def _tokens(sources: Mapping[int, Source], old: str, new: str) -> Iterator[Piece]:
    """All places where a name stands by itself in code."""
    pattern = re.compile(rf"\b{re.escape(old)}\b")
    for source in sources.values():
        if old not in source.text:
            continue
        strings = list(_strings(source))
        for match in pattern.finditer(source.text):
            if not any(start <= match.start() < end for start, end in strings):
                yield Piece(source.cell, match.start(), match.end(), new)


def _strings(source: Source) -> Iterator[tuple[int, int]]:
    """Where texts and comments stand, as far as the cell can be read."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
            if token.type in {tokenize.STRING, tokenize.COMMENT}:
                (line, column), (end_line, end_column) = token.start, token.end
                starts = [source.line_offset(each) for each in (line, end_line)]
                yield starts[0] + column, starts[1] + end_column
    except (tokenize.TokenError, SyntaxError, ValueError):
        return


def _nested(survey: Survey, sources: Mapping[int, Source], name: str) -> Iterator[Edit]:
    """A definition inside another one, taken out of it."""
    for unit in survey.links.units:
        source = sources.get(unit.cell)
        if source is None or not isinstance(unit.node, DEFINITIONS) or unit.node.name == name:
            continue
        for node in ast.walk(unit.node):
            if isinstance(node, DEFINITIONS) and node.name == name:
                start, end = source.span(node)
                start = source.line_start(start)
                width = len(source.indent(source.span(node)[0]) or "")
                text = "\n".join(line[width:] for line in source.text[start:end].split("\n"))
                at = source.span(unit.node)[1]
                head = source.offset(node.lineno, node.col_offset)
                look = Stretch(unit.cell, head, _line_end(source.text, head))
                yield Edit("indent", 8, (Piece(unit.cell, at, at, f"\n{text}"),), (look,))


def _not_code(notebook: Notebook, name: str) -> Iterator[Edit]:
    """A definition in a cell that is no code cell."""
    for number, (kind, text) in enumerate(notebook.cells, start=1):
        if kind == "code":
            continue
        for match in _DEFINED.finditer(text):
            if match[1] == name:
                look = Stretch(number, match.start(), _line_end(text, match.start()))
                yield Edit("cell", 6, (), (look,), as_code=number)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)
