"""Arrays that cross the wall: whole, of a closed set of types, and never more than they say."""

from __future__ import annotations

import numpy as np
import pytest

from grader.worker import wire

WRONG = {
    "too few bytes": wire.Array("float32", (2, 3), bytes(20)),
    "too many bytes": wire.Array("float32", (2, 3), bytes(28)),
    "a bool of three kinds": wire.Array("bool", (3,), b"\x00\x01\x02"),
    "empty, of a shape beyond all memory": wire.Array("float32", (0, 2**31, 2**31, 2**31), b""),
    "empty, and still too large": wire.Array("float64", (2**31, 0), b""),
}


@pytest.mark.parametrize("array", WRONG.values(), ids=WRONG)
def test_an_array_that_is_not_what_it_says_is_refused(array: wire.Array) -> None:
    with pytest.raises(wire.WireError):
        wire.unpack(array)


@pytest.mark.parametrize(
    "dtype", ["bool", "int8", "int32", "int64", "float16", "float32", "float64"]
)
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0), (2, 3), (1, 2, 3, 4)])
def test_arrays_come_back_as_they_went(dtype: str, shape: tuple[int, ...]) -> None:
    array = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(dtype)
    frame = wire.encode(wire.Value(wire.pack(array), "tensor"))
    reply = wire.decode_reply(frame[wire.HEADER.size :])
    assert isinstance(reply, wire.Value)
    back = wire.unpack(reply.array)
    np.testing.assert_array_equal(back, array)
    assert back.dtype == array.dtype
