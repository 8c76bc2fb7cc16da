"""Cells as Python: magics, shell lines and help lines taken out, line numbers kept.

A cell that is Python as it stands is taken as it stands. Any other goes through IPython's
own transformer, so that what counts as a magic is what counts in Jupyter. Magic lines
become `pass` at their own indent, because many stand alone inside a `try:`; lines are
never removed, so a line number here is the line number that the student sees. Of a cell
that is no Python even then, the pieces count that are.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import partial_cells
from .effects import UNCOMPILABLE, no_warnings

# Cell magics whose body is Python that runs in the notebook.
_PYTHON_MAGICS = frozenset(
    {"time", "timeit", "capture", "prun", "memit", "mprun", "lprun", "debug", "wandb", "snakeviz"}
)
# Magics that Jupyter takes without a `%` when they are all of a cell.
_BARE_MAGIC = re.compile(
    r"\s*(?:pip3?|conda|mamba|cd|ls|ll|cat|cp|mv|rm|mkdir|rmdir|pwd|man|more|less|who|whos"
    r"|matplotlib|load_ext|reload_ext|env|set_env|run|reset|time|timeit|tensorflow_version)\b"
    r"[^\n]*\s*\Z"
)
# Where a cell is too long to be told apart by IPython: what stands in hardly any other line.
_MAGIC_LINE = re.compile(r"^([ \t]*)[%!].*$", re.MULTILINE)
_HEADER = re.compile(r"%%([^\s?]+)(?![^\n]*\?[ \t]*(?:\n|$))")
# The compiler may quote names, which may be as long as a book.
_MAX_MESSAGE = 300
# These leave brackets or strings open for the tokens after them; the others don't.
_UNSETTLING = re.compile(r"""["'()\[\]{}\\0-9$?]""")
# Tokenizing is repeated after some magics; a cell made of nothing else must still end.
_MAX_TOKENIZED = 500_000
_MAX_MAGICS = 2000
# Early versions of Python 3.12 keep a copy of the whole line with each of its tokens.
_MAX_LINE, _MAX_COPIED = 20_000, 500_000_000
_TEXT, _TOKEN = re.compile(r"'[^'\n]*'|\"[^\"\n]*\""), re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Problem:
    """Why a cell is not Python. line: counted from 1 in the cell; 0 if unknown."""

    message: str
    line: int = 0

    def __str__(self) -> str:
        text = f"line {self.line}: {self.message}" if self.line else self.message
        # The compiler asks ("Perhaps you forgot a comma?") as often as it states.
        return text if text.endswith(("?", ".", "!")) else f"{text}."


@dataclass(frozen=True)
class PythonCell:
    """A code cell as Python.

    text: its Python source, line for line. problem: why it can't be read; its statements are
    then those that can be read by themselves. magic: the cell magic that makes it something else.
    """

    number: int
    text: str
    statements: tuple[ast.stmt, ...] = ()
    problem: Problem | None = None
    magic: str = ""

    @property
    def filename(self) -> str:
        """The name that stands in tracebacks."""
        return filename(self.number)


def filename(cell: int) -> str:
    """The file name under which a cell's code is compiled."""
    return f"<cell {cell}>"


def parse(number: int, source: str) -> PythonCell:
    """The cell as Python. Never raises on any source."""
    with no_warnings():
        try:
            return PythonCell(number, source, _statements(source))
        except UNCOMPILABLE as error:
            return _transformed(number, source, error)


def problem_of(error: BaseException) -> Problem:
    """What the compiler said, for a person."""
    if isinstance(error, RecursionError | MemoryError):
        return Problem("it is nested too deeply")
    if isinstance(error, SyntaxError):
        return Problem(str(error.msg or "invalid syntax")[:_MAX_MESSAGE], error.lineno or 0)
    if isinstance(error, UnicodeError):
        return Problem("it holds characters that are no text")
    return Problem(str(error) or type(error).__name__)


def _statements(text: str) -> tuple[ast.stmt, ...]:
    return tuple(ast.parse(text).body)


def _transformed(number: int, source: str, first: BaseException) -> PythonCell:
    try:
        lines = _clean(_lines(source))
        lines, magic = _cell_magic(lines)
        if magic:
            return PythonCell(number, source, magic=magic)
        text = "".join(lines)
        try:
            return PythonCell(number, text, _statements(text))
        except UNCOMPILABLE as error:
            first = error
        if _BARE_MAGIC.match(source):
            return PythonCell(number, source, magic=source.split(maxsplit=1)[0])
        text = "".join(_without_magics(lines))
    except (*UNCOMPILABLE, AssertionError, LookupError, RuntimeError):
        # IPython's transformer gave up.
        text = _MAGIC_LINE.sub(r"\1pass", source)
        if text == source:
            return _in_pieces(number, text, first)
    try:
        return PythonCell(number, text, _statements(text))
    except UNCOMPILABLE as error:
        return _in_pieces(number, text, error)


def _in_pieces(number: int, text: str, error: BaseException) -> PythonCell:
    return PythonCell(number, text, partial_cells.statements(text), problem_of(error))


def _lines(text: str) -> list[str]:
    """The lines as Python counts them: a form feed or U+2028 ends none."""
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _clean(lines: list[str]) -> list[str]:
    """Without a common indent and without pasted prompts, as IPython takes them off."""
    from IPython.core import inputtransformer2 as ipython

    start = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    body = lines[start:]
    for clean in (ipython.leading_indent, ipython.classic_prompt, ipython.ipython_prompt):
        body = clean(body)
    return lines[:start] + body


def _cell_magic(lines: list[str]) -> tuple[list[str], str]:
    """The lines without headers such as `%%time`; or the magic that makes them no Python."""
    lines = list(lines)
    for i, line in enumerate(lines):
        if not line.strip():
            continue
        header = _HEADER.match(line)
        if not header:
            break
        if header[1] not in _PYTHON_MAGICS:
            return lines, f"%%{header[1]}"
        lines[i] = "\n"
    return lines, ""


def _without_magics(lines: list[str]) -> list[str]:
    from IPython.core.inputtransformer2 import make_tokens_by_line

    for line in lines:
        if len(line) > _MAX_LINE:
            tokens = sum(1 for _ in _TOKEN.finditer(_TEXT.sub("", line)))
            if tokens * len(line) > _MAX_COPIED:
                raise ValueError("a line is too long")
    tokenized = replaced = 0
    size = sum(map(len, lines))
    while True:
        tokenized += size
        if tokenized > _MAX_TOKENIZED + size or replaced > _MAX_MAGICS:
            raise ValueError("it holds too many magics")
        found = False
        done = -1
        for logical_line in make_tokens_by_line(lines):
            transformer = _special(logical_line)
            if transformer is None or transformer.start_line <= done:
                continue
            before = "".join(lines[transformer.start_line :][:1])
            try:
                lines, done = _replaced(lines, transformer)
            except SyntaxError:
                continue
            found = True
            replaced += 1
            if replaced > _MAX_MAGICS or _UNSETTLING.search(before):
                break  # the tokens that follow can't be trusted
        if not found:
            return lines


def _special(logical_line: list[Any]) -> Any:
    """IPython's transformer for this line, if it is special syntax."""
    from IPython.core import inputtransformer2 as ipython

    kinds: tuple[Any, ...] = (
        ipython.MagicAssign,
        ipython.SystemAssign,
        ipython.EscapedCommand,
        ipython.HelpEnd,
    )
    found = [special for kind in kinds if (special := kind.find([logical_line]))]
    key: Callable[[Any], Any] = ipython.TokenTransformBase.sortby
    return min(found, key=key, default=None)


def _replaced(lines: list[str], transformer: Any) -> tuple[list[str], int]:
    """The lines with one piece of special syntax replaced, and the last line it stood on."""
    from IPython.core import inputtransformer2 as ipython

    start = transformer.start_line
    new = transformer.transform(lines)
    if isinstance(transformer, ipython.EscapedCommand | ipython.HelpEnd):
        new[start] = lines[start][: transformer.start_col] + "pass\n"
    taken = len(lines) - len(new)
    return new[: start + 1] + ["\n"] * taken + new[start + 1 :], start + taken
