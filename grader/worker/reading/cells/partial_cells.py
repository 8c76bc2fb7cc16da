"""What can be read of a cell that is not Python as a whole.

A missing comma in one answer must not cost the other answers of its cell. So the cell is
cut where a line begins at its margin, and each piece that is Python by itself is kept, with
the line numbers that the student sees.
"""

from __future__ import annotations

import ast
import re

from .effects import UNCOMPILABLE

# A line at the margin that goes on with the statement before it.
_GOES_ON = re.compile(r"[)\]}]|(?:else|elif|except|finally)\b")
# A piece may end later than at the next margin, in a text or in brackets; not much later.
_MOST_PIECES = 20
# Reading is tried again and again; on all of it together, no more than this.
_MOST_CHARACTERS = 2_000_000


def statements(text: str) -> tuple[ast.stmt, ...]:
    """The statements of the pieces that are Python; none raises."""
    lines = text.split("\n")
    starts = _starts(lines)
    ends = [*starts[1:], len(lines)]
    found: list[ast.stmt] = []
    piece, read = 0, 0
    while piece < len(starts) and read < _MOST_CHARACTERS:
        for last in range(piece, min(piece + _MOST_PIECES, len(starts))):
            source = "\n".join(lines[starts[piece] : ends[last]])
            read += len(source)
            try:
                body = ast.parse(source).body
            except UNCOMPILABLE:
                continue
            found += [ast.increment_lineno(statement, starts[piece]) for statement in body]
            piece = last
            break
        piece += 1
    return tuple(found)


def _starts(lines: list[str]) -> list[int]:
    """Where pieces begin; a decorator belongs to what it stands on."""
    margins = [
        at
        for at, line in enumerate(lines)
        if line.strip() and not line[0].isspace() and line[0] != "#" and not _GOES_ON.match(line)
    ]
    return [
        at
        for before, at in zip([None, *margins], margins, strict=False)
        if before is None or not lines[before].startswith("@")
    ]
