"""The messages between judge and zygote: how a worker is set up, and which children live.

They travel over a socket that carries file descriptors, each behind its length. No student's
byte ever does: the zygote's memory is inherited by every later child, so a submission goes
straight from the judge into its own child's pipe.
"""

from __future__ import annotations

import os
import socket
import struct
from typing import Annotated, TypeVar

import msgspec

MAX_MESSAGE = 64 * 2**10
MAX_CHILDREN = 8
_REST_SECONDS = 10.0
_CLOSE_ON_EXEC = getattr(socket, "MSG_CMSG_CLOEXEC", 0)
_HEADER = struct.Struct(">I")

Text = Annotated[str, msgspec.Meta(max_length=8000)]
T = TypeVar("T")

# Exit codes by which a child says why it ended. A student's code can exit with them too, and
# gains nothing: they only choose the words for a request that has no answer anyway.
EXIT_DONE = 0
EXIT_BROKEN = 70
EXIT_MEMORY = 71
EXIT_UNCONFINED = 72


class ControlError(Exception):
    """The message is none of this protocol."""


class Caps(msgspec.Struct, frozen=True):
    """What the kernel lets one child have; sizes in bytes.

    growth: by how much its data may exceed what it inherits, where that is less than `data`.
    slack: by how much more its address space may, which also counts what is reserved and never
    used. processes: threads count too. None where the kernel's count could hit the wrong one.
    """

    cpu_seconds: int
    address_space: int
    data: int
    growth: int
    slack: int
    file_size: int
    open_files: int
    processes: int | None


class Plan(msgspec.Struct, tag=True, frozen=True):
    """Judge -> zygote, first of all: where it lives and how it shuts itself in.

    user: the user and group to become, None to stay. scratch: one folder per child that may
    live at a time; the only place a child may write to. read: the trees that hold Python and
    its packages. hidden: files and folders below `read` that no child may see. canary: a file
    that must be out of reach. keep_reading: whether root that was given up may keep the power
    to read any file, if Python's own files can't be read without it. landlock, seccomp:
    whether to put on these walls.
    """

    user: int | None
    scratch: tuple[str, ...]
    read: tuple[str, ...]
    hidden: tuple[str, ...]
    canary: str
    keep_reading: bool
    landlock: bool
    seccomp: bool
    caps: Caps


class Fork(msgspec.Struct, tag=True, frozen=True):
    """Judge -> zygote, with three descriptors: job, result, output. Answered by Forked."""

    child: int


class Kill(msgspec.Struct, tag=True, frozen=True):
    """Judge -> zygote: end this child. For systems without pidfds. Answered by Ended."""

    child: int


class Findings(msgspec.Struct, frozen=True):
    """What a child found out about its own confinement, before any student code.

    seccomp: the mode in /proc/self/status, 2 for a filter; -1 where there is no such file.
    canary_read and the rest: whether what must be refused was possible after all.
    """

    user: int
    no_new_privs: int
    seccomp: int
    canary_read: bool
    hidden_read: bool
    network: bool
    forked: bool
    wrote: bool


class Probed(msgspec.Struct, tag=True, frozen=True):
    """Zygote -> judge: a trial child was shut in and reports. Comes with the zygote's pidfd."""

    pid: int
    findings: Findings


class Refused(msgspec.Struct, tag=True, frozen=True):
    """Zygote -> judge: the plan can't be carried out here. The zygote then ends."""

    reason: Text


class Ready(msgspec.Struct, tag=True, frozen=True):
    """Zygote -> judge: TensorFlow is there; children can be forked."""

    python: Text
    tensorflow: Text
    keras: Text


class Forked(msgspec.Struct, tag=True, frozen=True):
    """Zygote -> judge: the child lives and writes to `scratch`.

    Comes with its pidfd and a handle on its scratch folder, by which the judge can ask how full
    it is. inherited: the bytes of its memory that it has from the zygote.
    """

    child: int
    pid: int
    scratch: Text
    inherited: int


class Ended(msgspec.Struct, tag=True, frozen=True):
    """Zygote -> judge: the child is dead and reaped.

    signal: 0 if it ended by itself. peak_bytes: the most memory it held at a time.
    """

    child: int
    signal: int
    code: int
    cpu_seconds: float
    peak_bytes: int


ToZygote = Plan | Fork | Kill
FromZygote = Probed | Refused | Ready | Forked | Ended

_encoder = msgspec.json.Encoder()
_to_zygote: msgspec.json.Decoder[ToZygote] = msgspec.json.Decoder(ToZygote)
_from_zygote: msgspec.json.Decoder[FromZygote] = msgspec.json.Decoder(FromZygote)


def send(end: socket.socket, message: ToZygote | FromZygote, descriptors: list[int]) -> None:
    """Send one message with its descriptors. Raises OSError, ControlError."""
    body = _encoder.encode(message)
    if len(body) > MAX_MESSAGE:
        raise ControlError(f"a message of {len(body)} bytes")
    frame = _HEADER.pack(len(body)) + body
    # Descriptors travel with the first byte.
    sent = socket.send_fds(end, [frame], descriptors)
    end.sendall(frame[sent:])


def receive_order(end: socket.socket) -> tuple[ToZygote, list[int]] | None:
    """The judge's next message; None when the judge is gone. Raises ControlError."""
    return _received(end, 3, _to_zygote)


def receive_news(end: socket.socket) -> tuple[FromZygote, list[int]] | None:
    """The zygote's next message; None when the zygote is gone. Raises ControlError.

    Raises TimeoutError if none begins within the socket's time.
    """
    return _received(end, 2, _from_zygote)


def _received(
    end: socket.socket, most: int, decoder: msgspec.json.Decoder[T]
) -> tuple[T, list[int]] | None:
    try:
        start, descriptors, _, _ = socket.recv_fds(end, _HEADER.size, most, _CLOSE_ON_EXEC)
    except ConnectionError:
        return None
    if not start:
        return None
    try:
        return _decoded(decoder, _rest(end, start)), descriptors
    except ControlError:
        for descriptor in descriptors:
            os.close(descriptor)
        raise


def _rest(end: socket.socket, start: bytes) -> bytes:
    """The body of a message that has begun: it is there, or as good as there."""
    end.settimeout(_REST_SECONDS)
    (size,) = _HEADER.unpack(start + _exactly(end, _HEADER.size - len(start)))
    if size > MAX_MESSAGE:
        raise ControlError(f"announces {size} bytes")
    return _exactly(end, size)


def _exactly(end: socket.socket, size: int) -> bytes:
    parts = bytearray()
    try:
        while len(parts) < size:
            part = end.recv(size - len(parts))
            if not part:
                raise ControlError("breaks off")
            parts += part
    except (TimeoutError, ConnectionError):
        raise ControlError("breaks off") from None
    return bytes(parts)


def _decoded(decoder: msgspec.json.Decoder[T], body: bytes) -> T:
    try:
        return decoder.decode(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise ControlError(str(error)) from None
