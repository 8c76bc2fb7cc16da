"""What a notebook says about some names, and which of its statements they need.

A notebook is sliced, not run: of all top-level statements only those are executed that
bind or change the names asked for, and what those use in turn. The rest, be it training,
plots, downloads or mistakes, is not looked at again.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Literal

from ..wire import Spot
from .cells import splicing
from .cells.effects import no_warnings
from .cells.python_cells import PythonCell, parse
from .cells.written import File, Files
from .documents.notebook import Notebook
from .names import hints
from .names.dependencies import needed
from .names.finding import View
from .names.likeness import fingerprint
from .names.linking import Links, bound, link
from .names.notes import notes
from .names.outline import Unit, outline
from .names.pruning import Statement, statement
from .names.switches import switches

# As many as a message may name.
_MAX_CELLS = 10_000
State = Literal["found", "missing", "broken"]


@dataclass(frozen=True)
class Slice:
    """What was found of one name.

    state: "found"; "missing": bound nowhere; "broken": only in what is not valid Python.
    cells: where the statements stand that it needs. spot: its last definition.
    hint: for a name not found, why that may be. code: the same where the code is.
    """

    name: str
    state: State
    cells: tuple[int, ...] = ()
    spot: Spot | None = None
    hint: str = ""
    code: str = ""


@dataclass(frozen=True)
class Survey:
    """A notebook, read once for some names.

    notes: what its author should know of it, whatever was found. files: what its cells write.
    imported: the last cell that imports each module of these. switches: the statements that
    change global settings.
    """

    cells: tuple[PythonCell, ...]
    links: Links
    findings: tuple[Slice, ...]
    notes: tuple[str, ...]
    files: Files = field(default_factory=lambda: Files(()))
    imported: Mapping[str, int] = field(default_factory=dict)
    switches: tuple[Unit, ...] = ()


def survey(notebook: Notebook, names: Sequence[str]) -> Survey:
    """Read the notebook for `names`. Executes nothing and never raises on any notebook."""
    cells = tuple(parse(cell.number, cell.source) for cell in notebook.code)
    files = Files(cells)
    with no_warnings():
        read = splicing.spliced(notebook.code, cells, files) if files else cells
        links = _linked(read, files)
        unbound = [name for name in names if files and not links.binders(name)]
        if unbound:
            links = _linked(splicing.imported_names(read, files, unbound), files)
    view = View(notebook, cells, links, tuple(names))
    findings = tuple(_found(view, name, files) for name in names)
    found = [finding.name for finding in findings if finding.state == "found"]
    imported = splicing.last_imports(read, files) if files else {}
    told = notes(view, needed(links, found))
    return Survey(cells, links, findings, told, files, imported, tuple(switches(links)))


def edited(notebook: Notebook, cells: Iterable[PythonCell], *, switching: bool) -> Survey:
    """The same notebook with other cells, without a word on what is found in it.

    switching: whether it is of interest what changes global settings.
    """
    changed = tuple(cells)
    files = Files(changed)
    with no_warnings():
        read = splicing.spliced(notebook.code, changed, files) if files else changed
        links = _linked(read, files)
    imported = splicing.last_imports(read, files) if files else {}
    found = tuple(switches(links)) if switching else ()
    return Survey(changed, links, (), (), files, imported, found)


def slice_for(
    survey: Survey, names: Sequence[str], *, switches: bool = False
) -> tuple[Statement, ...]:
    """The statements that `names` need together, in the order of the notebook.

    switches: with those that change global settings.
    """
    more = survey.switches if switches else ()
    return _statements(survey.links, needed(survey.links, names, more))


def slice_of(file: File, files: Files) -> tuple[Statement, ...]:
    """The statements of a file that bind or change any name in it."""
    with no_warnings():
        links = _linked(splicing.within(file, files), files)
    names = {name for unit in links.units for name in bound(unit)}
    return _statements(links, needed(links, sorted(names)))


def files_of(survey: Survey, needed: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements of the files that the notebook writes and these statements import."""
    modules = [
        name
        for each in needed
        for node in ast.walk(each.node)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None) or node.names[0].name]
    ]
    found = (survey.files.module(name) for name in dict.fromkeys(modules))
    return tuple(
        each for file in found if file is not None for each in slice_of(file, survey.files)
    )


def _statements(links: Links, kept: AbstractSet[int]) -> tuple[Statement, ...]:
    units = (links.units[position] for position in sorted(kept))
    return tuple(statement(unit, kept) for unit in units if unit.is_top)


def _linked(cells: Iterable[PythonCell], files: Files) -> Links:
    units = outline(cells)
    if files:
        for unit in units:
            unit.is_written = unit.is_import and splicing.is_written(unit.node, files)
    return link(units)


def _found(view: View, name: str, files: Files) -> Slice:
    binder = view.definition(name)
    if binder is None:
        broken = view.broken(name)
        if broken:
            place = Spot(broken.spot.cell, broken.problem.line or broken.spot.line)
            return Slice(name, "broken", spot=place, hint=hints.broken(name, broken))
        spot, hint = hints.missing(view, name)
        return Slice(name, "missing", spot=spot, hint=hint)
    kept = needed(view.links, (name,))
    units = [view.links.units[position] for position in kept]
    cells = {unit.cell for unit in units}
    for unit in units:
        if unit.is_written:
            cells |= splicing.cells_behind(unit.node, unit.cell, files)
    spot = Spot(binder.cell, binder.line)
    if binder.is_written:
        spot = splicing.spot_behind(binder.node, binder.cell, files) or spot
    code = fingerprint(one.node for one in _statements(view.links, kept))
    return Slice(name, "found", tuple(sorted(cells))[:_MAX_CELLS], spot, code=code)
