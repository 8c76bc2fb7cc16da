"""An event loop for a child, which may open no socket.

`await` at the top level of a notebook, and `asyncio.run` in it, need a loop. Python's own wakes
itself through a pair of sockets; this one does so through a pipe.
"""

from __future__ import annotations

import asyncio
import os
from typing import Any


class _End:
    """One end of a pipe, as far as a loop uses it like a socket."""

    def __init__(self, descriptor: int) -> None:
        os.set_blocking(descriptor, False)
        self._descriptor = descriptor

    def fileno(self) -> int:
        return self._descriptor

    def recv(self, size: int) -> bytes:
        return os.read(self._descriptor, size)

    def send(self, data: bytes) -> int:
        return os.write(self._descriptor, data)

    def close(self) -> None:
        os.close(self._descriptor)


class PipeLoop(asyncio.SelectorEventLoop):
    """Python's loop, but for the descriptors by which it wakes itself."""

    def _make_self_pipe(self) -> None:
        loop: Any = self
        loop._ssock, loop._csock = (_End(descriptor) for descriptor in os.pipe())  # noqa: SLF001
        loop._internal_fds += 1  # noqa: SLF001
        loop._add_reader(loop._ssock.fileno(), loop._read_from_self)  # noqa: SLF001


class _Policy(asyncio.DefaultEventLoopPolicy):
    _loop_factory = PipeLoop


def prepare() -> None:
    """Make every loop of this process one that needs no socket."""
    asyncio.set_event_loop_policy(_Policy())
