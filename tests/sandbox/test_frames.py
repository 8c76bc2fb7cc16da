"""The reader of replies: no bytes make it raise anything of its own, wait, or hoard."""

from __future__ import annotations

import contextlib
import struct

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.sandbox.children.frames import ReplyReader
from grader.worker import wire

# How fast a shared machine makes examples says nothing about the reader.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(data: bytes, step: int = 2**20) -> wire.Reply | None:
    """Feed the bytes as a pipe would: at most what is wanted, in pieces."""
    reader = ReplyReader()
    while data and reader.wanted:
        part, data = data[: min(step, reader.wanted)], data[min(step, reader.wanted) :]
        reply = reader.feed(part)
        if reply is not None:
            return reply
    return None


REPLIES = [
    wire.Unreadable("no notebook"),
    wire.Contents((wire.Finding("f", "found", (1, 2), wire.Spot(1, 2)),), ("note",)),
    wire.Value(wire.pack(np.ones((2, 3), np.float32)), "tensor"),
    wire.Failure("raised", raised=wire.Raised("ValueError", "text", own=True)),
    wire.Fault("x"),
]


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: type(reply).__name__)
@pytest.mark.parametrize("step", [1, 3, 2**20])
def test_replies_arrive_as_they_were_sent(reply: wire.Reply, step: int) -> None:
    """In whatever pieces they come."""
    assert read(wire.encode(reply), step) == reply


@patient
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    """Random bytes are a WireError, or the beginning of something."""
    with contextlib.suppress(wire.WireError):
        read(data)


@patient
@given(st.binary(max_size=300))
def test_any_body(body: bytes) -> None:
    """Random bytes behind a right length are a WireError, or a reply."""
    try:
        reply = read(struct.pack(">I", len(body)) + body)
    except wire.WireError:
        return
    assert reply is None or isinstance(reply, wire.Reply)


_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text()
    | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(0, 9), inner),
    max_leaves=20,
)  # fmt: skip
_array = st.fixed_dictionaries(
    {
        "dtype": st.sampled_from(["float32", "bool", "bfloat16", "object"]) | _values,
        "shape": st.lists(st.integers(-1, 2**33), max_size=10) | _values,
        "data": st.binary(max_size=64) | _values,
    }
)
_replies = st.fixed_dictionaries(
    {"type": st.sampled_from(["Value", "Trained", "Failure", "Contents", "Defined", "Call"])},
    optional={
        "array": _array,
        "kernel": _array,
        "bias": _array,
        "losses": _array,
        "container": st.sampled_from(["tensor", "numpy"]) | _values,
        "reason": st.sampled_from(["raised", "builtin"]) | _values,
        "findings": _values,
        "notes": _values,
        "definitions": _values,
        "raised": _values,
    },
)


@patient
@given(_replies)
def test_almost_replies(almost: dict[str, object]) -> None:
    """Messages with right names and wrong contents are a WireError, or a reply that is sound."""
    body = msgspec.msgpack.encode(almost)
    try:
        reply = read(struct.pack(">I", len(body)) + body)
    except wire.WireError:
        return
    if isinstance(reply, wire.Value):
        wire.unpack(reply.array)


@patient
@given(st.sampled_from(REPLIES), st.integers(0, 10**6), st.integers(0, 255))
def test_one_wrong_byte(reply: wire.Reply, place: int, byte: int) -> None:
    """A reply with a byte changed is a WireError, unfinished, or another reply."""
    frame = bytearray(wire.encode(reply))
    frame[place % len(frame)] = byte
    with contextlib.suppress(wire.WireError):
        read(bytes(frame))


@pytest.mark.parametrize("size", [wire.MAX_REPLY + 1, 2**31, 2**32 - 1])
def test_a_size_over_the_cap_is_refused_before_anything_is_read(size: int) -> None:
    """Four bytes are enough to know."""
    with pytest.raises(wire.WireError, match="announces"):
        ReplyReader().feed(struct.pack(">I", size))


def test_more_than_wanted_is_refused() -> None:
    """The reader never holds bytes that belong to nothing."""
    with pytest.raises(wire.WireError, match="more bytes"):
        ReplyReader().feed(b"12345")


@pytest.mark.parametrize(
    "shape", [(2**31, 2**31, 2**31, 0), (2**31,) * 8, (0,) * 8, (2**31, 0)], ids=str
)
def test_absurd_shapes(shape: tuple[int, ...]) -> None:
    """Sizes that overflow, or that no array can have, are a WireError or an empty array."""
    reply = wire.Value(wire.Array("float32", shape, b""), "tensor")
    try:
        sound = read(wire.encode(reply))
    except wire.WireError:
        return
    assert isinstance(sound, wire.Value)
    assert wire.unpack(sound.array).size == 0


def test_deep_nesting() -> None:
    """A thousand lists in each other, and a hundred thousand."""
    for depth in (1000, 100_000):
        body = b"\x91" * depth + b"\xc0"
        with pytest.raises(wire.WireError):
            read(struct.pack(">I", len(body)) + body)
