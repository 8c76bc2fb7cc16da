"""A child's life: shut in, answer requests, die.

Nothing here is undone afterwards, and nothing of a child outlives it.
"""

from __future__ import annotations

import sys
import traceback

# Taken before any student's code can put something else in their place.
from os import _exit, read, write
from typing import NoReturn, TextIO

from . import control, wire
from .walls import confine

_CHUNK = 2**20


def live(plan: control.Plan, scratch: str, parent: int, descriptors: list[int]) -> NoReturn:
    """Be a child: never returns. The descriptors are job, result and output."""
    try:
        job, result, output = descriptors
        confine.take_descriptors(job, result, output)
        sys.stdout, sys.stderr = _line_by_line(1), _line_by_line(2)
        confine.shut_in(plan, scratch, parent)
    except BaseException:  # noqa: BLE001 - whatever it is, nothing may run unconfined
        traceback.print_exc()
        _exit(control.EXIT_UNCONFINED)
    code = control.EXIT_BROKEN
    try:
        from .answering.serving import serve

        serve(_receive, _send)
        code = control.EXIT_DONE
    except MemoryError:
        code = control.EXIT_MEMORY
    except BaseException:  # noqa: BLE001 - a student's code can raise anything
        traceback.print_exc()
    finally:
        _exit(code)


def _line_by_line(descriptor: int) -> TextIO:
    """A stream whose lines are with the judge even if the child dies a moment later."""
    return open(
        descriptor, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False
    )


def _receive() -> wire.Request | None:
    """The judge's next request; None when there will be no more."""
    header = _exactly(wire.HEADER.size)
    if not header:
        return None
    (size,) = wire.HEADER.unpack(header)
    return wire.decode_request(_exactly(size))


def _exactly(size: int) -> bytes:
    """So many bytes of the job pipe, or none if it was closed."""
    parts = bytearray()
    while len(parts) < size:
        part = read(confine.JOB, min(_CHUNK, size - len(parts)))
        if not part:
            return b""
        parts += part
    return bytes(parts)


def _send(reply: wire.Reply) -> None:
    """Write one reply. The judge reads it at its own pace."""
    frame = memoryview(wire.encode(reply))
    while frame:
        frame = frame[write(confine.RESULT, frame) :]
