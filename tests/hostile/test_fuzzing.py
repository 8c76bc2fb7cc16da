"""The reader of replies under a fuzzer, and messages made to be as costly as the cap allows."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from grader.sandbox.children.frames import ReplyReader
from grader.worker import wire

pytestmark = pytest.mark.hostile

# Some seconds of one core.
RUNS = 20_000
# A message is held as bytes, once more whole, and as the objects that it stands for.
MOST_MEMORY = 12 * wire.MAX_REPLY


def test_a_fuzzer_finds_nothing(tmp_path: Path, project: Path) -> None:
    """Atheris, starting from every kind of message."""
    pytest.importorskip("atheris")
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.fuzz_replies", str(tmp_path), str(RUNS)],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    assert not list(tmp_path.glob("crash-*"))
    runs = re.search(r"stat::number_of_executed_units: (\d+)", done.stderr)
    assert runs is not None
    assert int(runs[1]) >= RUNS


def _nested(size: int) -> bytes:
    return b"\x91" * size


def _nested_unknown_field(size: int) -> bytes:
    return b"\x82\xa4type\xa5Fault\xa1x" + b"\x91" * size


def _many_nothings(size: int) -> bytes:
    return b"\xdd" + struct.pack(">I", size) + b"\xc0" * size


def _many_notes(size: int) -> bytes:
    return _contents(b"\xa5notes", b"\xa0", size)


def _many_cells(size: int) -> bytes:
    cell = msgspec.msgpack.encode({"kind": "code", "source": ""})
    return _contents(b"\xa5cells", cell, size)


def _many_findings(size: int) -> bytes:
    finding = msgspec.msgpack.encode({"name": "", "state": "found"})
    return _contents(b"\xa8findings", finding, size)


def _contents(field: bytes, item: bytes, size: int) -> bytes:
    count = size // len(item)
    return b"\x82\xa4type\xa8Contents" + field + b"\xdd" + struct.pack(">I", count) + item * count


def _many_keys(size: int) -> bytes:
    count = size // 6
    pairs = b"".join(b"\xa4" + struct.pack(">I", n) + b"\xc0" for n in range(count))
    return b"\xdf" + struct.pack(">I", count) + pairs


def _long_text(size: int) -> bytes:
    return b"\x82\xa4type\xa5Fault\xa4text\xdb" + struct.pack(">I", size) + b"x" * size


def _array_of_bytes(size: int) -> bytes:
    array = {"dtype": "bool", "shape": [size], "data": b"\1" * size}
    return msgspec.msgpack.encode({"type": "Value", "array": array, "container": "tensor"})


COSTLY = (
    _nested, _nested_unknown_field, _many_nothings, _many_notes, _many_cells, _many_findings,
    _many_keys, _long_text, _array_of_bytes,
)  # fmt: skip


@pytest.mark.parametrize("make", COSTLY, ids=lambda make: make.__name__.strip("_"))
def test_the_costliest_messages_cost_little(make: Callable[[int], bytes]) -> None:
    """As long as a message may be, and made to be worse than it looks."""
    body = make(wire.MAX_REPLY - 200)
    frame = struct.pack(">I", len(body)) + body
    reader = ReplyReader()
    started = time.process_time()
    tracemalloc.start()
    try:
        reply = None
        while frame and reply is None:
            part, frame = frame[: min(reader.wanted, 2**20)], frame[min(reader.wanted, 2**20) :]
            reply = reader.feed(part)
    except wire.WireError:
        pass
    else:
        assert isinstance(reply, wire.Value)
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < MOST_MEMORY
    assert time.process_time() - started < 20


SHAPES = {
    "eight huge dimensions": (2**31,) * 8,
    "huge and empty": (2**31, 0, 2**31, 2**31),
    "empty, and just too large when widened": (2**30, 0, 2**30),
    "one huge dimension": (2**31,),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_no_shape_is_believed(shape: tuple[int, ...]) -> None:
    """An array that NumPy could not hold is refused by the reader, before anybody uses it."""
    array = wire.Array("float32", shape, b"")
    frame = wire.encode(wire.Value(array, "tensor"))
    reader = ReplyReader()
    reader.feed(frame[:4])
    with pytest.raises(wire.WireError):
        reader.feed(frame[4:])
