"""Edits of text that is not Python: one bracket, colon, indent, character or word.

Many are tried, and only those are edits that make Python of the text.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

from ....reading.cells.effects import UNCOMPILABLE
from ....reading.cells.python_cells import PythonCell
from ....wire import EditKind
from ..edits import Edit, Piece, Stretch, applied
from ..source import Source

_MOST_LINES = 120
_MOST_TEXTS, _MOST_WORDS = 3000, 16
# What looks like a character of Python and is none; by word processors, chats and web pages.
_UNUSUAL = {
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2018": "'", "\u2019": "'", "\u00b4": "'",
    "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ",
    "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "", "\u00ad": "",
    "\u200e": "", "\u200f": "", "\u202a": "", "\u202c": "",
    "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u00d7": "*", "\u22c5": "*", "\u00b7": "*",
    "\u00f7": "/", "\u2264": "<=", "\u2265": ">=", "\u2260": "!=", "\u00b2": "**2",
    "\uff08": "(", "\uff09": ")", "\uff0c": ",", "\uff1a": ":", "\uff1d": "=", "\u2026": "...",
}  # fmt: skip
_NUMBERED = re.compile(
    r"^[ \t]*(?:\[?\d{1,3}\]?[.:)|]?|In \[\d*\]:)(?=[ \t]|$)[ \t]?", re.MULTILINE
)
_TOKEN = re.compile(r"\d[\w.]*|\w+|\*\*|//|[<>=!]=|\S")
_WORDS = ("def", "return", "class", "if", "else", "elif", "for", "import", "from", "lambda",
          "while", "in", "not", "and", "or", "pass", "with", "try", "except", "raise")  # fmt: skip
_TYPOS = {
    "=<": "<=", "=>": ">=", "=!": "!=", "&&": " and ", "||": " or ", "else if": "elif",
    "=": "==", "==": "=", "<>": "!=", "***": "**", "* *": "**", "< =": "<=", "> =": ">=",
    "function ": "def ", "func ": "def ", "++": "+", "--": "-", "~=": "!=", "- >": "->",
}  # fmt: skip
_BRACKETS = "()[]{}"
# Functions that answers are made of.
_FUNCTIONS = (
    "abs", "square", "where", "maximum", "minimum", "relu", "reduce_mean", "mean", "cast",
    "float32", "nn", "math", "keras",
)  # fmt: skip
# Signs that are forgotten between two words.
_PUT_IN = {
    ")": 5, "(": 6, ",": 5, "*": 6, "]": 7, "[": 7, ":": 7, ".": 8, '"': 7, "'": 7, "=": 8,
    "+": 9, "-": 9, "**": 8, "<=": 9, "/": 9,
}  # fmt: skip
# What belongs to an object, among the parameters of a method.
_OF_SELF = re.compile(r"(?<=[\w ]),\s*(self\.)\w+(?=[^:]*:)")


def text_edits(cell: PythonCell, source: Source, name: str) -> Iterator[Edit]:
    """The edits that make Python of what is none in the cell. name: that is looked for."""
    for first, last in _regions(cell, source):
        start = source.line_offset(first)
        end = source.line_offset(last) + len(source.lines[last - 1])
        yield from _mending(source, start, end, name)


def _regions(cell: PythonCell, source: Source) -> Iterator[tuple[int, int]]:
    """Lines that are in no statement, each time up to the next definition that is Python."""
    covered: set[int] = set()
    heads: set[int] = set()
    for statement in cell.statements:
        covered |= set(range(statement.lineno, (statement.end_lineno or 0) + 1))
        if isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
            heads.add(statement.lineno)
    line, count = 1, len(source.lines)
    while line <= count:
        text = source.lines[line - 1].strip()
        if line in covered or not text or text.startswith("#"):
            line += 1
            continue
        last = line
        while last < count and last + 1 not in heads and last - line < _MOST_LINES:
            last += 1
        while last > line and not source.lines[last - 1].strip():
            last -= 1
        yield line, last
        line = last + 1


def _mending(source: Source, start: int, end: int, name: str) -> Iterator[Edit]:
    text = source.text[start:end]
    problem = _problem(text)
    if problem is None:
        return
    region = Source(source.cell, text)
    seen = {text}
    for kind, cost, pieces, look in _limited(_candidates(region, problem, name)):
        changed = applied(text, pieces)
        if changed in seen:
            continue
        seen.add(changed)
        if _problem(changed) is None:
            moved = tuple(
                Piece(source.cell, start + p.start, start + p.end, p.text) for p in pieces
            )
            if look is None:
                looks = _looks(source, moved)
            else:
                looks = (Stretch(source.cell, start + look[0], start + look[1]),)
            yield Edit(kind, cost, moved, looks)


def _limited(candidates: Iterator[Candidate]) -> Iterator[Candidate]:
    for _, candidate in zip(range(_MOST_TEXTS), candidates, strict=False):
        yield candidate


Candidate = tuple[EditKind, int, tuple[Piece, ...], tuple[int, int] | None]


def _problem(text: str) -> SyntaxError | None:
    """What is wrong with the text; None if it is Python."""
    try:
        ast.parse(text)
    except SyntaxError as error:
        return error
    except UNCOMPILABLE:
        return SyntaxError("no Python", ("", 1, 1, ""))
    return None


def _looks(source: Source, pieces: tuple[Piece, ...]) -> tuple[Stretch, ...]:
    """The first of the pieces, with what it stands at if it is empty."""
    first = pieces[0]
    if first.end > first.start:
        return (Stretch(source.cell, first.start, first.end),)
    begin = source.line_start(first.start)
    line = source.text[begin:].split("\n", 1)[0]
    blank = len(line) - len(line.lstrip())
    return (Stretch(source.cell, begin + blank, begin + len(line.rstrip())),)


def _candidates(region: Source, problem: SyntaxError, name: str) -> Iterator[Candidate]:
    yield from _unusual(region)
    yield from _numbered(region)
    wrong = min(max(problem.lineno or 1, 1), len(region.lines))
    lines = [wrong, wrong - 1, wrong + 1, wrong - 2]
    above = _headers(region, wrong) if isinstance(problem, IndentationError) else []
    lines += above
    known = range(1, len(region.lines) + 1)
    near = [
        each for each in dict.fromkeys(lines) if each in known and region.lines[each - 1].strip()
    ]
    yield from _nameless(region, name)
    # The line that the compiler names first: the cap is on all of them together.
    for line in near:
        far = 0 if line in {wrong, wrong - 1} else 2 if line in above else 3
        for kind in (_words, _line_ends, _typos, _indents, _characters, _exchanged, _split,
                     _put_in, _lines, _replaced):  # fmt: skip
            for what, cost, pieces, look in kind(region, line):
                more = far if what == "indent" else 0
                yield what, cost + more, pieces, look


def _headers(region: Source, wrong: int) -> list[int]:
    """The lines above that open a block: where an indent is wrong, theirs may be."""
    above = range(min(wrong, len(region.lines)), 0, -1)
    return [line for line in above if region.lines[line - 1].rstrip().endswith(":")][:4]


def _unusual(region: Source) -> Iterator[Candidate]:
    """All unusual characters replaced by those that they look like: one slip."""
    places = [at for at, each in enumerate(region.text) if each in _UNUSUAL]
    if places:
        pieces = tuple(Piece(region.cell, at, at + 1, _UNUSUAL[region.text[at]]) for at in places)
        yield "character", 2, pieces, None


def _numbered(region: Source) -> Iterator[Candidate]:
    """Numbers in front of all lines, pasted along with them."""
    places = list(_NUMBERED.finditer(region.text))
    if len(places) >= max(2, sum(bool(line.strip()) for line in region.lines) - 1):
        pieces = tuple(Piece(region.cell, m.start(), m.end(), "") for m in places)
        yield "character", 3, pieces, None
        unindented = tuple(
            Piece(region.cell, m.start(), m.end(), m[0][: len(m[0]) - len(m[0].lstrip())])
            for m in places
        )
        yield "character", 4, unindented, None


def _nameless(region: Source, name: str) -> Iterator[Candidate]:
    """The name of a definition that has none."""
    for match in re.finditer(r"^(?:def|class)(?=[ \t]*\()", region.text, re.MULTILINE):
        yield "definition", 3, (Piece(region.cell, match.end(), match.end(), f" {name}"),), None


def _words(region: Source, number: int) -> Iterator[Candidate]:
    """A keyword that is misspelt, glued to what follows, or missing."""
    from .names import alike

    line, begin = region.lines[number - 1], region.line_offset(number)
    first = re.match(r"\s*(\w+)", line)
    for match in re.finditer(r"\w+", line):
        word = match[0]
        at = begin + match.start()
        for keyword in _WORDS:
            if word != keyword and len(keyword) > 2 and alike(word, keyword) >= 0.7:
                yield "spelling", 3, (Piece(region.cell, at, at + len(word), keyword),), None
    for parameter in _OF_SELF.finditer(line) if first is not None and first[1] == "def" else ():
        piece = Piece(region.cell, begin + parameter.start(), begin + parameter.end(), "")
        yield "parameter", 3, (piece,), None
        own = Piece(region.cell, begin + parameter.start(1), begin + parameter.end(1), "")
        yield "parameter", 3, (own,), None
    if first is None:
        return
    word, at = first[1], begin + first.start(1)
    for keyword in ("def", "class", "return", "import", "from"):
        rest = word[len(keyword) :].lstrip("_")
        if word.casefold().startswith(keyword) and rest:
            piece = Piece(region.cell, at, at + len(word), f"{keyword} {rest}")
            yield "spelling", 3, (piece,), None
    if line.rstrip().endswith(":") and "(" in line:
        yield "spelling", 4, (Piece(region.cell, at, at, "def "),), None
        yield "spelling", 6, (Piece(region.cell, at, at, "class "),), None


def _line_ends(region: Source, number: int) -> Iterator[Candidate]:
    """A colon, bracket or quote that is missing or too many at the end of a line."""
    line = region.lines[number - 1]
    code = _code(line)
    at = region.line_offset(number) + len(code)
    for text, cost in ((":", 3), (")", 3), ("))", 6), ("]", 5), ("):", 5), ('"', 5), ("'", 5),
                       (",", 5), ("\\", 8)):  # fmt: skip
        yield "character", cost, (Piece(region.cell, at, at, text),), None
    if code and code[-1] in ":,;)]}.\\'\"=+-*":
        yield "character", 4, (Piece(region.cell, at - 1, at, ""),), None
        for text in (":", ")", "]", ","):
            if text != code[-1]:
                yield "character", 5, (Piece(region.cell, at - 1, at, text),), None


def _code(line: str) -> str:
    """The line without a comment at its end, as far as that can be told."""
    return re.sub(r"#[^\"']*\Z", "", line).rstrip()


def _typos(region: Source, number: int) -> Iterator[Candidate]:
    line, begin = region.lines[number - 1], region.line_offset(number)
    for old, new in _TYPOS.items():
        for match in re.finditer(re.escape(old), line):
            if old == "=" and re.search(r"[=<>!]=|==", line[max(match.start() - 1, 0) :][:3]):
                continue
            at = begin + match.start()
            yield "operator", 4, (Piece(region.cell, at, at + len(old), new),), None


def _indents(region: Source, number: int) -> Iterator[Candidate]:
    """A line, or it and all after it, at the indent of another line or one step deeper."""
    line, begin = region.lines[number - 1], region.line_offset(number)
    own = line[: len(line) - len(line.lstrip())]
    known = dict.fromkeys(
        each[: len(each) - len(each.lstrip())] for each in region.lines if each.strip()
    )
    above = next((each for each in reversed(region.lines[: number - 1]) if each.strip()), "")
    step = above[: len(above) - len(above.lstrip())]
    known |= dict.fromkeys([step + "    ", step + "  ", own.expandtabs(4), own.expandtabs(8)])
    look = (begin + len(own), begin + len(line.rstrip()))
    for new in known:
        if new == own:
            continue
        yield "indent", 4, (Piece(region.cell, begin, begin + len(own), new),), look
        rest = [
            Piece(region.cell, at, at + len(own), new)
            for after in range(number, len(region.lines) + 1)
            if (text := region.lines[after - 1]).startswith(own) and text.strip()
            for at in (region.line_offset(after),)
        ]
        for count in range(len(rest), 1, -1):
            yield "indent", 5 + len(rest) - count, tuple(rest[:count]), look
    tabs = list(re.finditer(r"^[ ]*\t[ \t]*", region.text, re.MULTILINE))
    for width in (4, 8, 2):
        if tabs:
            pieces = tuple(
                Piece(region.cell, m.start(), m.end(), m[0].expandtabs(width)) for m in tabs
            )
            yield "indent", 3, pieces, None


def _characters(region: Source, number: int) -> Iterator[Candidate]:
    """A character put in between two words, or taken away, or turned into another."""
    line, begin = region.lines[number - 1], region.line_offset(number)
    tokens = list(_TOKEN.finditer(line))
    for token in tokens:
        at, end = begin + token.start(), begin + token.end()
        if token[0] in _BRACKETS or token[0] in {",", ":", ".", '"', "'", ";", "\\", "`"}:
            yield "character", 5, (Piece(region.cell, at, end, ""),), None
            for new in "()[],:.-*+/":
                if new != token[0]:
                    yield "character", 8, (Piece(region.cell, at, end, new),), None
    for text, cost in _PUT_IN.items():
        for token in tokens:
            at = begin + token.end()
            yield "character", cost, (Piece(region.cell, at, at, text),), None
    for text in ("lambda ", "return ", " else ", " if ", " in ", " for ", " = ", " as "):
        for token in tokens:
            at = begin + token.start()
            yield "character", 9, (Piece(region.cell, at, at, text),), None
    for before, token in zip([None, *tokens], tokens, strict=False):
        at, end = begin + token.start(), begin + token.end()
        twice = before is not None and before[0] == token[0]
        yield "character", 3 if twice else 10, (Piece(region.cell, at, end, ""),), None


def _exchanged(region: Source, number: int) -> Iterator[Candidate]:
    """Two neighbours in a line that changed places."""
    line, begin = region.lines[number - 1], region.line_offset(number)
    tokens = list(_TOKEN.finditer(line))
    for one, other in pairwise(tokens):
        between = line[one.end() : other.start()]
        piece = Piece(region.cell, begin + one.start(), begin + other.end(),
                      f"{other[0]}{between}{one[0]}")  # fmt: skip
        yield "exchange", 6, (piece,), None


def _split(region: Source, number: int) -> Iterator[Candidate]:
    """A sign left out between two words, which then are one."""
    line, begin = region.lines[number - 1], region.line_offset(number)
    names = {name for name in re.findall(r"[^\W\d]\w*", region.text) if len(name) > 1}
    for word in re.finditer(r"[^\W\d]\w+", line):
        for name in sorted(names - {word[0]}):
            cuts = {len(name)} if word[0].startswith(name) else set()
            cuts |= {len(word[0]) - len(name)} if word[0].endswith(name) else set()
            for cut in sorted(cuts):
                at = begin + word.start() + cut
                for text in ("(", " ", ".", " = "):
                    yield "character", 7, (Piece(region.cell, at, at, text),), None


def _replaced(region: Source, number: int) -> Iterator[Candidate]:
    """A sign that stands for another, or a word for another of the same text."""
    line, begin = region.lines[number - 1], region.line_offset(number)
    words = ["return", "def", *_words_in(region, number)]
    for token in _TOKEN.finditer(line):
        at, end = begin + token.start(), begin + token.end()
        if not token[0][0].isalnum() and token[0] not in _BRACKETS:
            for new in ("(", ")", "-", "+", "*", "/", "=", ",", ".", "<", ":"):
                if new != token[0]:
                    yield "character", 8, (Piece(region.cell, at, end, new),), None
        elif token[0].isidentifier():
            for word in words:
                if word != token[0]:
                    yield "name", 11, (Piece(region.cell, at, end, word),), None


def _put_in(region: Source, number: int) -> Iterator[Candidate]:
    """A word or number left out between two signs."""
    line, begin = region.lines[number - 1], region.line_offset(number)
    words = _words_in(region, number)
    code = begin + len(_code(line))
    first = begin + len(line) - len(line.lstrip())
    if line.lstrip().startswith("."):
        for text in words:
            yield "name", 7, (Piece(region.cell, first, first, text),), None
    for text in words:
        yield "name", 9, (Piece(region.cell, code, code, f" {text}"),), None
    for one, other in pairwise(_TOKEN.finditer(line)):
        words_apart = not (one[0][-1].isalnum() or other[0][0].isalnum())
        if words_apart or other[0] in ")],." or one[0] in _WORDS:
            at = begin + one.end()
            more = _FUNCTIONS if one[0] == "." else ("1", "2", "0.5", "0")
            for text in (*more, *words):
                blank = "" if one[0] == "." else " "
                yield "name", 9, (Piece(region.cell, at, at, blank + text),), None


def _words_in(region: Source, number: int) -> list[str]:
    """The words of a text: those of the lines around one come first."""
    near = "\n".join(region.lines[max(number - 3, 0) : number + 2])
    words = re.findall(r"[^\W\d]\w*", f"self tf {near}\n{region.text}")
    return list(dict.fromkeys(words))[:_MOST_WORDS]


def _lines(region: Source, number: int) -> Iterator[Candidate]:
    """A line that is none of the code: prose, a stray mark."""
    line, begin = region.lines[number - 1], region.line_offset(number)
    blank = len(line) - len(line.lstrip())
    yield "character", 11, (Piece(region.cell, begin + blank, begin + len(line), "pass"),), None
    yield "character", 12, (Piece(region.cell, begin + blank, begin + blank, "# "),), None
