"""Python of a notebook as HTML: coloured, numbered, with lines and pieces that stand out.

Everything comes as the notebook has it and is made harmless here, so that columns still fit
where a tab or a strange character takes more room on the page than in the cell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from markupsafe import Markup, escape
from pygments.lexers import PythonLexer
from pygments.token import STANDARD_TYPES, _TokenType

from grader import harmless
from grader.report import Span

# What an excerpt shows around a line, and of a definition as a whole.
_AROUND, _WHOLE = 3, 18
_END = Markup("</span>")


@dataclass(frozen=True)
class Piece:
    """A part of one line as it is shown: characters from `start` up to below `end`, from 0."""

    line: int
    start: int
    end: int


def shown_pieces(source: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """The spans as parts of the lines that are shown; those outside of the text are none."""
    lines = source.replace("\r\n", "\n").split("\n")
    return tuple(piece for span in spans for piece in _pieces(lines, span))


def _pieces(lines: Sequence[str], span: Span) -> Iterator[Piece]:
    for number in range(max(1, span.line), min(span.end_line, len(lines)) + 1):
        line = lines[number - 1]
        begin = span.column - 1 if number == span.line else len(line) - len(line.lstrip())
        stop = span.end_column - 1 if number == span.end_line else len(line.rstrip())
        if begin == stop and span.line == span.end_line:
            # Something is missing here: the characters beside the gap are what can be seen.
            begin, stop = max(0, begin - 1), stop + 1
        start, end = (_shown_size(line[: max(0, column)]) for column in (begin, stop))
        if start < end:
            yield Piece(number, start, end)


def _shown_size(text: str) -> int:
    return len(harmless.terminal(text, len(text) + 1))


def code(
    text: str, number: int, marked: Collection[int] = (), pieces: Collection[Piece] = ()
) -> Markup:
    """A whole cell, a line each; those in `marked` stand out, and in them the `pieces`.

    text: harmless already. Line 3 of cell 4 has the id `c4-3`.
    """
    lines = enumerate(_coloured(text, pieces), start=1)
    return _block(_line(line, at, at in marked, f"c{number}-{at}") for at, line in lines)


def excerpt(text: str, first: int, last: int, marked: Collection[int],
            pieces: Collection[Piece] = ()) -> Markup:  # fmt: skip
    """Some lines of a cell with the numbers that they have there."""
    lines = _coloured(text, pieces)[first - 1 : last]
    return _block(_line(line, at, at in marked, "") for at, line in enumerate(lines, start=first))


def stretch(text: str, begins: int, marked: Collection[int]) -> tuple[int, int]:
    """The first and last line of an excerpt about a definition that begins in a line.

    The whole definition if it is short, otherwise what stands around the marked lines.
    """
    lines = text.split("\n")
    last = _end_of_block(lines, begins)
    low, high = min(marked, default=begins), max(marked, default=begins)
    if begins <= low and high <= last and last - begins < _WHOLE:
        return begins, last
    if not marked:
        return begins, min(last, begins + _WHOLE - 1)
    return max(1, low - _AROUND), min(len(lines), high + _AROUND, low + _WHOLE)


def _end_of_block(lines: Sequence[str], begins: int) -> int:
    """The last line of the block under line `begins`, judged by its indents."""
    indent = _indent(lines[begins - 1])
    last = begins
    for at in range(begins, len(lines)):
        line = lines[at]
        if line.strip() and _indent(line) <= indent and not line.lstrip().startswith((")", "]")):
            break
        if line.strip():
            last = at + 1
    return last


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _coloured(text: str, pieces: Collection[Piece]) -> list[Markup]:
    """The lines of a text as HTML."""
    lines: list[list[Markup]] = [[]]
    column = 0
    for kind, value in PythonLexer(stripnl=False, ensurenl=False).get_tokens(text):
        for index, part in enumerate(value.split("\n")):
            if index:
                lines.append([])
                column = 0
            here = [piece for piece in pieces if piece.line == len(lines)]
            lines[-1].append(_token(kind, part, column, here))
            column += len(part)
    return [Markup("").join(line) for line in lines]


def _token(kind: _TokenType, text: str, column: int, pieces: Sequence[Piece]) -> Markup:
    """A token that begins in a column, cut where a marked piece begins or ends."""
    if not pieces:
        return _looking(kind, text) if text else Markup("")
    ends = {column, column + len(text)}
    cuts = sorted(
        ends
        | {at for piece in pieces for at in (piece.start, piece.end) if min(ends) < at < max(ends)}
    )
    shown = Markup("")
    for start, end in pairwise(cuts):
        part = _looking(kind, text[start - column : end - column])
        inside = any(piece.start <= start and end <= piece.end for piece in pieces)
        shown += Markup("<mark>{}</mark>").format(part) if inside else part
    return shown


def _looking(kind: _TokenType, text: str) -> Markup:
    begin = _begin(kind)
    return begin + escape(text) + _END if begin else escape(text)


@cache
def _begin(kind: _TokenType) -> Markup:
    """What stands before a token, which is the same for thousands of them."""
    look = _look(kind)
    return Markup('<span class="{}">').format(look) if look else Markup("")


def _look(kind: _TokenType) -> str:
    known: _TokenType | None = kind
    while known is not None and known not in STANDARD_TYPES:
        known = known.parent
    return "" if known is None else STANDARD_TYPES[known]


def _line(line: Markup, at: int, marked: bool, name: str) -> Markup:  # noqa: FBT001
    body = Markup('<span class="linenos">{}</span>{}\n').format(at, line)
    if marked:
        body = Markup('<span class="hll">{}</span>').format(body)
    named = Markup(' id="{}"').format(name) if name else Markup("")
    return Markup("<span{}>{}</span>").format(named, body)


def _block(lines: Iterable[Markup]) -> Markup:
    return Markup('<div class="python"><pre><code>{}</code></pre></div>').format(
        Markup("").join(lines)
    )
