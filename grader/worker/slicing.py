"""What a notebook says about some names, and which of its statements they need.

A notebook is sliced, not run: of all top-level statements only those are executed that
bind or change the names asked for, and what those use in turn. The rest, be it training,
plots, downloads or mistakes, is not looked at again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from . import hints
from .effects import no_warnings
from .finding import View
from .linking import Links, link
from .needing import needed
from .notebook import Notebook
from .noting import notes
from .outline import outline
from .pruning import Statement, statement
from .python_cells import PythonCell, parse
from .wire import Spot

# As many as a message may name.
_MAX_CELLS = 10_000
State = Literal["found", "missing", "broken"]


@dataclass(frozen=True)
class Slice:
    """What was found of one name.

    state: "found"; "missing": bound nowhere; "broken": only in what is not valid Python.
    cells: where the statements stand that it needs. spot: its last definition.
    hint: for a name not found, why that may be.
    """

    name: str
    state: State
    cells: tuple[int, ...] = ()
    spot: Spot | None = None
    hint: str = ""


@dataclass(frozen=True)
class Survey:
    """A notebook, read once for some names.

    notes: what its author should know of it, whatever was found.
    """

    cells: tuple[PythonCell, ...]
    links: Links
    findings: tuple[Slice, ...]
    notes: tuple[str, ...]


def survey(notebook: Notebook, names: Sequence[str]) -> Survey:
    """Read the notebook for `names`. Executes nothing and never raises on any notebook."""
    cells = tuple(parse(cell.number, cell.source) for cell in notebook.code)
    with no_warnings():
        links = link(outline(cells))
    view = View(notebook, cells, links, tuple(names))
    findings = tuple(_found(view, name) for name in names)
    found = [finding.name for finding in findings if finding.state == "found"]
    return Survey(cells, links, findings, notes(view, needed(links, found)))


def slice_for(survey: Survey, names: Sequence[str]) -> tuple[Statement, ...]:
    """The statements that `names` need together, in the order of the notebook."""
    kept = needed(survey.links, names)
    units = (survey.links.units[position] for position in sorted(kept))
    return tuple(statement(unit, kept) for unit in units if unit.is_top)


def _found(view: View, name: str) -> Slice:
    binder = view.definition(name)
    if binder is None:
        broken = view.broken(name)
        if broken:
            return Slice(name, "broken", spot=broken.spot, hint=hints.broken(name, broken))
        spot, hint = hints.missing(view, name)
        return Slice(name, "missing", spot=spot, hint=hint)
    cells = {view.links.units[position].cell for position in needed(view.links, (name,))}
    return Slice(name, "found", tuple(sorted(cells))[:_MAX_CELLS], Spot(binder.cell, binder.line))
