"""The socket between judge and zygote: whole messages, their descriptors, and clear ends."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.worker import control


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two ends of a socket as they are used."""
    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    with one, other:
        yield one, other


Ends = tuple[socket.socket, socket.socket]


def test_messages_keep_their_borders_and_descriptors(ends: Ends) -> None:
    """Also when several wait to be read."""
    one, other = ends
    reading, writing = os.pipe()
    control.send(one, control.Ready("3", "2", "1"), [])
    control.send(one, control.Forked(7, 8, "/scratch/0", 9), [writing])
    control.send(one, control.Ended(7, 9, 0, 0.5, 1), [])
    os.close(writing)
    assert control.receive_news(other) == (control.Ready("3", "2", "1"), [])
    received = control.receive_news(other)
    assert received is not None
    news, descriptors = received
    assert news == control.Forked(7, 8, "/scratch/0", 9)
    os.write(descriptors[0], b"through")
    assert os.read(reading, 10) == b"through"
    assert control.receive_news(other) == (control.Ended(7, 9, 0, 0.5, 1), [])
    os.close(reading)
    os.close(descriptors[0])


def test_an_end_that_is_closed_is_no_message(ends: Ends) -> None:
    """That is how both learn of each other's death."""
    one, other = ends
    one.close()
    assert control.receive_news(other) is None
    assert control.receive_order(other) is None


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(struct.pack(">I", 2**31) + b"x", id="too large"),
        pytest.param(struct.pack(">I", 100) + b"x", id="breaks off"),
        pytest.param(b"\0\0", id="breaks off in its length"),
        pytest.param(struct.pack(">I", 2) + b"{}", id="of no type"),
        pytest.param(struct.pack(">I", 16) + b'{"type": "Fork"}', id="an order, not news"),
        pytest.param(struct.pack(">I", 5000) + b"[" * 5000, id="nested"),
        pytest.param(struct.pack(">I", 2) + b"\xff\xfe", id="no text"),
    ],
)
def test_nonsense_is_named(ends: Ends, data: bytes) -> None:
    """Never anything but a ControlError."""
    one, other = ends
    one.sendall(data)
    one.close()
    with pytest.raises(control.ControlError):
        control.receive_news(other)


@given(st.binary(min_size=1, max_size=200))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes(data: bytes) -> None:
    """A worker that was taken over can send what it likes."""
    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    with one, other:
        one.sendall(data)
        one.close()
        with contextlib.suppress(control.ControlError):
            control.receive_news(other)
