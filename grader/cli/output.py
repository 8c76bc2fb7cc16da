"""The only place that prints: text to standard output or standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO, cast

import typer

from grader.errors import FaultError

if TYPE_CHECKING:
    from rich.console import RenderableType

# What a shell reports for a program that SIGPIPE ended; no code of the grader's own.
OUTPUT_CLOSED = 141


def say(text: str, *, to_stderr: bool = False) -> None:
    """Write `text` as it is; say so if it can't be written, and go on."""
    _write(sys.stderr if to_stderr else sys.stdout, text)


def say_bytes(data: bytes) -> None:
    """Write UTF-8 bytes to standard output, whatever its encoding.

    Raises FaultError if they can't be written: they are all that was asked for.
    """
    stream = cast("TextIO | None", sys.stdout)
    if stream is None:
        raise FaultError("standard output is closed, so nothing can be written there")
    buffer = getattr(stream, "buffer", None)
    if buffer is None:
        _write(stream, data.decode())
        return
    try:
        buffer.write(data)
        buffer.flush()
    except BrokenPipeError:
        _closed(stream)
    except OSError as error:
        _abandon(stream)
        raise FaultError(f"standard output: could not be written ({error.strerror})") from None


def show(view: RenderableType, *, to_stderr: bool = False) -> None:
    """Print a view: in colour on a terminal, as plain text elsewhere.

    What can't be printed is said, and is no fault: a result may be in a file already.
    """
    from rich.console import Console

    stream = cast("TextIO | None", sys.stderr if to_stderr else sys.stdout)
    if stream is None:
        return
    # Views are made of Text objects; nothing in them is to be read as markup or a link.
    console = Console(file=stream, markup=False, highlight=False, emoji=False)
    with console.capture() as captured:
        console.print(view)
    text = captured.get()
    if not console.is_terminal:
        text = "".join(f"{line.rstrip()}\n" for line in text.splitlines())
    _write(stream, text)


def is_terminal() -> bool:
    """Whether somebody reads the standard output as it is written; not where it is closed."""
    stream = cast("TextIO | None", sys.stdout)
    return stream is not None and stream.isatty()


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """A function to tell how many of how many are done: a bar on a terminal, or a few lines."""
    if sys.stderr is None or not sys.stderr.isatty():
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


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:  # closed before the command began
        return
    try:
        stream.write(text)
        stream.flush()
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        _write(stream, text.encode(encoding, "backslashreplace").decode(encoding))
    except BrokenPipeError:
        _closed(stream)
    except OSError as error:
        _abandon(stream)
        if stream is sys.stdout:
            say(
                f"grader: standard output: could not be written ({error.strerror})\n",
                to_stderr=True,
            )


def _closed(stream: TextIO) -> None:
    # Whoever read the output (`head`, a pager) has seen enough: leave without a word.
    _abandon(stream)
    raise typer.Exit(OUTPUT_CLOSED)


def _abandon(stream: TextIO) -> None:
    """Write no more to where the stream goes: the interpreter would complain at its exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
