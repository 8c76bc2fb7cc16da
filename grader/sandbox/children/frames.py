"""Reads one reply out of a child's bytes, which are a stranger's from the first to the last."""

from __future__ import annotations

from grader.worker import wire


class ReplyReader:
    """Collects the bytes of exactly one reply; never holds more than the largest one may be.

    `wanted` is how many bytes to read next: the header's first, then, once its number has
    been compared with the cap, those of the body.
    """

    def __init__(self) -> None:
        self._header = bytearray()
        self._body = bytearray()
        self._size = 0

    @property
    def wanted(self) -> int:
        """How many bytes are still missing of what is known to come."""
        if len(self._header) < wire.HEADER.size:
            return wire.HEADER.size - len(self._header)
        return self._size - len(self._body)

    def feed(self, data: bytes) -> wire.Reply | None:
        """Take at most `wanted` bytes; the reply once it is whole. Raises wire.WireError."""
        if len(data) > self.wanted:
            raise wire.WireError("more bytes than the message has")
        if len(self._header) < wire.HEADER.size:
            self._header += data
            if len(self._header) == wire.HEADER.size:
                (self._size,) = wire.HEADER.unpack(self._header)
                if self._size > wire.MAX_REPLY:
                    raise wire.WireError(f"announces {self._size} bytes")
                if self._size == 0:
                    raise wire.WireError("announces no bytes")
            return None
        self._body += data
        if self.wanted:
            return None
        reply = wire.decode_reply(bytes(self._body))
        _check_arrays(reply)
        return reply


def _check_arrays(reply: wire.Reply) -> None:
    """Raises wire.WireError if an array's bytes are not what its shape and dtype say."""
    match reply:
        case wire.Value(array):
            arrays: tuple[wire.Array, ...] = (array,)
        case wire.Trained(kernel, bias, losses):
            arrays = (kernel, bias, losses)
        case _:
            arrays = ()
    for array in arrays:
        try:
            wire.unpack(array)
        except (ValueError, OverflowError) as error:
            raise wire.WireError(str(error)) from None
