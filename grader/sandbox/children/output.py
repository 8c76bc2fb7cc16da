"""What a child prints: taken off its hands, the beginning kept, the rest dropped."""

from __future__ import annotations

import os

from grader.sandbox.resources.limits import OUTPUT_KEPT, OUTPUT_MOST

_CHUNK = 2**16


class Output:
    """The judge's end of an output pipe that never blocks."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._kept = bytearray()
        self.printed = 0
        self.closed = False

    @property
    def flooded(self) -> bool:
        """Whether more came than a child may print."""
        return self.printed > OUTPUT_MOST

    @property
    def text(self) -> str:
        """The first 64 KiB."""
        return self._kept.decode("utf-8", "backslashreplace")

    def drain(self) -> None:
        """Take what is there, until it is too much; `closed` is set at the end of it."""
        while not self.flooded and not self.closed:
            try:
                data = os.read(self._descriptor, _CHUNK)
            except BlockingIOError:
                return
            self.closed = not data
            self.printed += len(data)
            self._kept += data[: max(0, OUTPUT_KEPT - len(self._kept))]
