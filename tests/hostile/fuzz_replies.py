"""`python -m tests.hostile.fuzz_replies FOLDER SECONDS`: atheris against the reader of replies.

The input is what a child writes into its result pipe, cut into pieces by its own first byte.
Anything but a reply or a WireError is a crash, and its input is left in the folder.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports():
    from grader.sandbox.children.frames import ReplyReader
    from grader.worker import wire

import numpy as np

MEMORY_MB = 700

SEEDS: tuple[wire.Reply, ...] = (
    wire.Unreadable("no notebook"),
    wire.Contents((wire.Finding("f", "found", (1,), wire.Spot(1, 2)),), ("note",)),
    wire.Defined((wire.Definition("f", "class", "type", "keras", wire.Raised("E", "text")),)),
    wire.Value(wire.pack(np.ones((2, 3), np.float32)), "tensor"),
    wire.Failure("raised", raised=wire.Raised("ValueError", "text", own=True)),
    wire.Trained(*[wire.pack(np.zeros((1, 1), np.float32))] * 3),
    wire.Fault("x"),
)


def read(data: bytes) -> None:
    """Feed the reader as a pipe would; raises whatever it must not raise."""
    if not data:
        return
    step, rest = data[0] + 1, data[1:]
    reader = ReplyReader()
    with contextlib.suppress(wire.WireError):
        while rest and reader.wanted:
            part = rest[: min(step, reader.wanted)]
            rest = rest[len(part) :]
            reply = reader.feed(part)
            if reply is not None:
                _use(reply)
                return
            if len(reader._body) > wire.MAX_REPLY:
                raise AssertionError("the reader hoards")


def _use(reply: wire.Reply) -> None:
    """Do with its arrays what the judge does."""
    for name in ("array", "kernel", "bias", "losses"):
        if isinstance(part := getattr(reply, name, None), wire.Array):
            wire.unpack(part).astype(np.float64)


def main(folder: Path, runs: int) -> None:
    """Fuzz so many times, with the messages of the protocol as a beginning."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(SEEDS):
        (corpus / str(number)).write_bytes(b"\xff" + wire.encode(seed))
    options = (
        f"-runs={runs}",
        f"-rss_limit_mb={MEMORY_MB}",
        # Of the wall clock, so it is for what never ends.
        "-timeout=120",
        "-max_len=4096",
        "-seed=1",
        "-print_final_stats=1",
        f"-artifact_prefix={folder}/crash-",
    )
    atheris.Setup([sys.argv[0], *options, str(corpus)], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
