"""What an edit is: pieces of text that take the place of others."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from ...wire import EditKind


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """A stretch of a cell's text, and what stands there instead.

    cell: its number. start, end: in characters from the beginning of the cell's text.
    """

    cell: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a cell's text to look at."""

    cell: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit.

    cost: how far-fetched it is, in hundredths of a usual one. looks: where to look; the
    pieces themselves if empty. as_code: the number of a cell that becomes a code cell.
    """

    kind: EditKind
    cost: int
    pieces: tuple[Piece, ...]
    looks: tuple[Stretch, ...] = ()
    as_code: int = 0

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Where to look."""
        return self.looks or tuple(
            Stretch(piece.cell, piece.start, piece.end) for piece in self.pieces
        )


def applied(text: str, pieces: Iterable[Piece]) -> str:
    """The text with the pieces in place; they must not overlap."""
    result, last = [], 0
    for piece in sorted(pieces):
        result += [text[last : piece.start], piece.text]
        last = piece.end
    return "".join(result) + text[last:]


def overlapping(pieces: Iterable[Piece]) -> bool:
    """Whether two of the pieces change the same text."""
    ordered = sorted(pieces)
    return any(
        one.cell == other.cell and one.end > other.start
        for one, other in itertools.pairwise(ordered)
    )
