"""The only place that prints: text to standard output or standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import typer

if TYPE_CHECKING:
    from rich.console import RenderableType

# What a shell reports for a program that SIGPIPE ended; no code of the grader's own.
OUTPUT_CLOSED = 141


def say(text: str, *, to_stderr: bool = False) -> None:
    """Write `text` as it is."""
    _write(sys.stderr if to_stderr else sys.stdout, text)


def say_bytes(data: bytes) -> None:
    """Write UTF-8 bytes to standard output, whatever its encoding."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        _write(sys.stdout, data.decode())
        return
    try:
        buffer.write(data)
        buffer.flush()
    except BrokenPipeError:
        _closed(sys.stdout)


def show(view: RenderableType, *, to_stderr: bool = False) -> None:
    """Print a view: in colour on a terminal, as plain text elsewhere."""
    from rich.console import Console

    stream = sys.stderr if to_stderr else sys.stdout
    # Views are made of Text objects; nothing in them is to be read as markup or a link.
    console = Console(file=stream, markup=False, highlight=False, emoji=False)
    with console.capture() as captured:
        console.print(view)
    text = captured.get()
    if not console.is_terminal:
        text = "".join(f"{line.rstrip()}\n" for line in text.splitlines())
    _write(stream, text)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """A function to tell how many of how many are done: a bar on a terminal, or a few lines."""
    if not sys.stderr.isatty():
        yield lambda done, total: _line(what, done, total)
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _line(what: str, done: int, total: int) -> None:
    if done == total or done * 10 // total != (done - 1) * 10 // total:
        say(f"{what}: {done} of {total}\n", to_stderr=True)


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        _write(stream, text.encode(encoding, "backslashreplace").decode(encoding))
    except BrokenPipeError:
        _closed(stream)


def _closed(stream: TextIO) -> None:
    # Whoever read the output (`head`, a pager) has seen enough: leave without a word. The
    # descriptor is replaced, or the interpreter would complain when it flushes at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    raise typer.Exit(OUTPUT_CLOSED)
