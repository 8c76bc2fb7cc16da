"""All edits that are worth trying for one name, the likeliest first, in a fixed order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...reading.documents.notebook import Notebook
from ...reading.names.pruning import Statement
from ...reading.slicing import Survey
from .answer import Answer, Written
from .edits import Edit, Piece, overlapping
from .exercise import exercise_edits
from .kinds import calls, definitions, grouping, handing, names, operators, statements, wraps
from .kinds.imports import import_edits
from .kinds.texts import text_edits
from .source import Source

# The order and this cap decide what is tried; time only protects.
MOST_EDITS = 700
_MOST_TEXTS = 60
_NAMELESS = re.compile(r"^(?:def|class)[ \t]*\(", re.MULTILINE)
_AT_SITES = (
    operators.operators,
    operators.numbers,
    names.names,
    names.called,
    calls.dropped,
    calls.arguments,
    calls.of_tensors,
    calls.made,
    wraps.steps,
    wraps.roots,
    grouping.grouping,
    grouping.exchanged,
    handing.handed,
)
_AT_PLACES = (
    statements.left_out,
    statements.returned,
    statements.given,
    statements.moved,
    statements.reordered,
    statements.bound,
    definitions.parameter_edits,
    definitions.class_edits,
)
_OVERALL = (
    names.everywhere,
    names.unknown_names,
    names.gone,
    calls.families,
    calls.used_elsewhere,
    calls.dropped_everywhere,
    calls.labels,
    wraps.everywhere,
)


def proposed(
    survey: Survey,
    notebook: Notebook,
    sources: dict[int, Source],
    answer: Answer,
    needed: Iterable[Statement],
) -> tuple[Edit, ...]:
    """The edits, at most MOST_EDITS of them."""
    found = [
        *exercise_edits(survey, notebook, sources, answer),
        *_texts(survey, sources, answer),
        *import_edits(answer, sources, needed),
    ]
    for written in answer.written:
        found += _of(answer, written)
    best: dict[tuple[tuple[Piece, ...], int], Edit] = {}
    for edit in found:
        pieces = tuple(sorted(edit.pieces))
        if overlapping(pieces) or _does_nothing(sources, pieces, edit):
            continue
        key = (pieces, edit.as_code)
        if key not in best or edit.cost < best[key].cost:
            best[key] = edit
    ordered = sorted(
        best.values(), key=lambda e: (e.cost, e.as_code, tuple(sorted(e.pieces)), e.kind)
    )
    return tuple(ordered[:MOST_EDITS])


def _of(answer: Answer, written: Written) -> Iterator[Edit]:
    for overall in _OVERALL:
        yield from overall(answer, written)
    for place in written.parts.places:
        for at_place in _AT_PLACES:
            yield from at_place(answer, written, place)
    for site in written.parts.sites:
        for at_site in _AT_SITES:
            yield from at_site(answer, written, site)


def _texts(survey: Survey, sources: dict[int, Source], answer: Answer) -> list[Edit]:
    """Edits of cells that are not Python and may hold what is missing."""
    wanted = {answer.name} | {
        site.node.id
        for written in answer.written
        for site in written.parts.sites
        if hasattr(site.node, "id") and answer.is_unknown(site.node.id, site.scope)
    }
    found: list[Edit] = []
    for cell in survey.cells:
        nameless = answer.name not in answer.top_level and _NAMELESS.search(cell.text)
        if cell.problem and (nameless or any(name in cell.text for name in wanted)):
            found += text_edits(cell, sources[cell.number], answer.name)
    return sorted(found, key=lambda edit: edit.cost)[:_MOST_TEXTS]


def _does_nothing(sources: dict[int, Source], pieces: tuple[Piece, ...], edit: Edit) -> bool:
    if edit.as_code:
        return False
    return all(
        piece.cell in sources and sources[piece.cell].text[piece.start : piece.end] == piece.text
        for piece in pieces
    )
