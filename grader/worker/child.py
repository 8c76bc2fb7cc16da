"""A child's life: shut in, answer requests, die.

Nothing here is undone afterwards, and nothing of a child outlives it.
"""

from __future__ import annotations

import os
import sys
import traceback
from typing import NoReturn

from . import confine, control, wire

# Taken before any student's code can put something else in their place.
from os import _exit, read, write

_CHUNK = 2**20


def live(plan: control.Plan, scratch: str, parent: int, descriptors: list[int]) -> NoReturn:
    """Be a child: never returns. The descriptors are job, result and output."""
    try:
        job, result, output = descriptors
        confine.take_descriptors(job, result, output)
        # Unbuffered towards the judge: what was printed before a death is seen.
        sys.stdout = open(
            1, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False
        )
        sys.stderr = open(
            2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False
        )
        confine.shut_in(plan, scratch, parent)
    except BaseException:
        traceback.print_exc()
        _exit(control.EXIT_UNCONFINED)
    code = control.EXIT_BROKEN
    try:
        from .serving import serve

        serve(_receive, _send)
        code = control.EXIT_DONE
    except MemoryError:
        code = control.EXIT_MEMORY
    except BaseException:
        traceback.print_exc()
    finally:
        _exit(code)


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
