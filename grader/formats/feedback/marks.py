"""What stands out in the code of a feedback page: lines, pieces of lines, and excerpts of them.

A line is marked where something stopped, where a check points at more than the beginning of a
definition, or where the slip is that stands between an exercise and full points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grader.formats.feedback import highlighting as feedback_code
from grader.formats.feedback.highlighting import Piece
from grader.formats.feedback.notebook import Shown
from grader.formats.losses import losses
from grader.report import Exercise, ExerciseStatus, Place
from grader.worker import wire

# In these two states each check names the place that the exercise's message is about.
_WHOLE = frozenset({ExerciseStatus.MISSING, ExerciseStatus.BROKEN})
_MOST_EXCERPTS = 3


@dataclass(frozen=True)
class Excerpt:
    """Some lines of the student's code, and where they begin."""

    begins: Place
    code: Markup


@dataclass(frozen=True)
class Marks:
    """What stands out, by cell, and the places that an exercise's losses name, in their order."""

    lines: Mapping[int, frozenset[int]]
    pieces: Mapping[int, tuple[Piece, ...]]
    places: tuple[Place, ...]


def of_exercise(
    exercise: Exercise, places: Mapping[str, Place], cells: Sequence[wire.Cell]
) -> Marks:
    """The marks of one exercise. places: where each name is defined."""
    slip = exercise.slip
    named = [place_of(exercise)] if exercise.status in _WHOLE else []
    named += [loss.place for loss in losses(exercise)]
    known = [place for place in named if place is not None]
    lines = [
        place for place in known if exercise.status in _WHOLE or place != places.get(exercise.name)
    ]
    pieces: dict[int, tuple[Piece, ...]] = {}
    if slip is not None:
        spans = [span for span in (slip.place, slip.beside) if span is not None]
        begins = [Place(span.cell, span.line) for span in spans]
        known[:0] = begins
        lines += begins
        for cell in {span.cell for span in spans if 1 <= span.cell <= len(cells)}:
            here = [span for span in spans if span.cell == cell]
            pieces[cell] = feedback_code.shown_pieces(cells[cell - 1].source, here)
            lines += [Place(cell, piece.line) for piece in pieces[cell]]
    return Marks(
        {cell: frozenset(p.line for p in lines if p.cell == cell) for cell in _cells(lines)},
        pieces,
        tuple(dict.fromkeys(known)),
    )


def place_of(exercise: Exercise) -> Place | None:
    """Where it is missing or broken: the place that all of its checks name."""
    return next((check.line for check in exercise.checks if check.line is not None), None)


def together(marks: Sequence[Marks]) -> Marks:
    """The marks of all exercises, as the notebook shows them."""
    lines: dict[int, frozenset[int]] = {}
    pieces: dict[int, tuple[Piece, ...]] = {}
    for one in marks:
        for cell, found in one.lines.items():
            lines[cell] = lines.get(cell, frozenset()) | found
        for cell, parts in one.pieces.items():
            pieces[cell] = (*pieces.get(cell, ()), *parts)
    return Marks(lines, pieces, ())


def excerpts(
    exercise: Exercise, marks: Marks, places: Mapping[str, Place], cells: Sequence[Shown]
) -> tuple[Excerpt, ...]:
    """The code that the losses are about, a piece for each cell."""
    if exercise.unwritten:
        return ()
    found = []
    for number in _cells(marks.places):
        cell = cells[number - 1] if 1 <= number <= len(cells) else None
        defined = places.get(exercise.name)
        begins = next(
            place.line
            for place in (defined, *marks.places)
            if place is not None and place.cell == number
        )
        if cell is None or not cell.numbered or not 1 <= begins <= cell.text.count("\n") + 1:
            continue
        marked = marks.lines.get(number, frozenset())
        first, last = feedback_code.stretch(cell.text, begins, marked)
        code = feedback_code.excerpt(cell.text, first, last, marked, marks.pieces.get(number, ()))
        found.append(Excerpt(Place(number, first), code))
    return tuple(found[:_MOST_EXCERPTS])


def _cells(places: Sequence[Place]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(place.cell for place in places))
