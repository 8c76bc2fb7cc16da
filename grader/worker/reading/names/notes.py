"""Notes on a notebook that its author should see, whatever the score is."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import islice

from .finding import View, missing_module
from .linking import bound
from .outline import Unit

_MAX_NOTES = 50


def notes(view: View, kept: AbstractSet[int]) -> tuple[str, ...]:
    """All notes. kept: the positions of the units that the names found need."""
    everything = _all(view, kept)
    first = tuple(islice(everything, _MAX_NOTES))
    left = sum(1 for _ in everything)
    return (*first, f"There are {left} more notes of this kind.") if left else first


def _all(view: View, kept: AbstractSet[int]) -> Iterator[str]:
    if view.notebook.note:
        yield view.notebook.note
    if not view.cells:
        yield "The notebook has no code cells."
    for name in view.names:
        yield from _repeated(view, name)
    for name in view.names:
        yield from _also_broken(view, name)
    yield from _absent(view, kept)
    for cell in view.cells:
        if cell.problem:
            what = f"A part of cell {cell.number}" if cell.statements else f"Cell {cell.number}"
            yield f"{what} is not valid Python and was left out: {cell.problem}"
    for unit in view.links.units:
        # What is inside a statement that was left out is not told again.
        if unit.problem and not (unit.parent and unit.parent.problem):
            yield (
                f"A statement of cell {unit.cell} is not valid Python and was left out: "
                f"{unit.problem}"
            )


def _repeated(view: View, name: str) -> Iterator[str]:
    last = view.definition(name)
    if last is None:
        return
    places: list[Unit] = []
    for unit in view.links.binders(name):
        # `f = tf.function(f)` is no second definition, and branches of one `if` are one.
        again = name in unit.effects.reads or (places and unit.end == places[-1].end)
        if name in bound(unit) and not unit.is_import and not again:
            places.append(unit)
    if len(places) > 1:
        cells = _listed([unit.cell for unit in places])
        yield (
            f"`{name}` is defined {len(places)} times, in {cells}; "
            f"the last one, in cell {last.cell}, counts."
        )


def _also_broken(view: View, name: str) -> Iterator[str]:
    last, broken = view.definition(name), view.broken(name)
    if last and broken and broken.spot.cell > last.cell:
        yield (
            f"Cell {broken.spot.cell} seems to define `{name}` again, but is not valid Python; "
            f"the definition in cell {last.cell} counts."
        )


def _absent(view: View, kept: AbstractSet[int]) -> Iterator[str]:
    told: set[str] = set()
    for position in sorted(kept):
        unit = view.links.units[position]
        module = missing_module(unit)
        if module and module not in told and not unit.caught:
            told.add(module)
            yield f"Cell {unit.cell} imports `{module}`, which is not there when grading."


def _listed(cells: list[int]) -> str:
    numbers = [str(cell) for cell in dict.fromkeys(cells)]
    if len(numbers) == 1:
        return f"cell {numbers[0]}"
    return f"cells {', '.join(numbers[:-1])} and {numbers[-1]}"
