"""Which of an nbgrader assignment's graded cells holds which exercises."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader import harmless
from grader.errors import UsageError


@dataclass(frozen=True)
class GradedCell:
    """A graded cell of the assignment. source: as it was released; may be empty."""

    notebook: str
    name: str
    max_score: float
    source: str = ""


@dataclass(frozen=True)
class Holding:
    """A graded cell, the exercises that it holds, and the points they have here."""

    cell: GradedCell
    exercises: tuple[str, ...]
    points: float


def holdings(
    assignment: str, cells: Iterable[GradedCell], exercises: Mapping[str, float], *, scale: bool
) -> tuple[Holding, ...]:
    """The cells that hold exercises; each exercise is in exactly one.

    A cell holds the exercise that it is called after, or those that its released source defines;
    if there is one graded cell alone, it holds all. exercises: their points, by name.
    Raises UsageError if there is no telling, or a cell has other points and scaling was not asked
    for.
    """
    every = list(cells)
    if len(every) == 1:
        found = {0: tuple(exercises)}
    else:
        found = _by_name_or_source(assignment, every, tuple(exercises))
    held = []
    for place, names in sorted(found.items()):
        points = sum(exercises[name] for name in names)
        cell = every[place]
        if cell.max_score != points and (not scale or not cell.max_score):
            raise UsageError(
                f"the cell {harmless.one_line(cell.name, 60)!r} has {cell.max_score:g} points in"
                f" nbgrader where the grader has {points:g} for {', '.join(names)}"
                + ("; --scale converts them" if cell.max_score else "")
            )
        held.append(Holding(cell, names, points))
    return tuple(held)


def _by_name_or_source(
    assignment: str, cells: list[GradedCell], exercises: tuple[str, ...]
) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for name in exercises:
        called = [place for place, cell in enumerate(cells) if cell.name == name]
        defining = [place for place, cell in enumerate(cells) if _defines(cell.source, name)]
        places = called or defining
        if len(places) != 1:
            several = "more than one graded cell defines" if places else "no graded cell holds"
            listed = ", ".join(harmless.one_line(cell.name, 40) for cell in cells[:12]) or "none"
            raise UsageError(
                f"{several} {name} in nbgrader's {harmless.one_line(assignment, 60)!r}; give the"
                f" cell that is graded for it the name of the exercise (graded cells: {listed})"
            )
        found.setdefault(places[0], []).append(name)
    return {place: tuple(names) for place, names in found.items()}


def _defines(source: str, name: str) -> bool:
    return re.search(rf"^(?:def|class)\s+{re.escape(name)}\b", source, re.MULTILINE) is not None
