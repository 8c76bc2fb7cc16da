"""A submission as bytes: read once, hashed, never parsed here."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError

MAX_BYTES = 64 * 2**20
_CHUNK = 2**20


@dataclass(frozen=True)
class Submission:
    """One file that a student handed in.

    file: its name without folders. data: its bytes; None if it is larger than MAX_BYTES.
    size: in bytes. sha256: over all of its bytes, in hexadecimal. student: an id, or None.
    """

    file: str
    data: bytes | None
    size: int
    sha256: str
    student: str | None = None

    @classmethod
    def of(cls, file: str, data: bytes, student: str | None = None) -> Submission:
        """A submission out of bytes that are already here."""
        kept = data if len(data) <= MAX_BYTES else None
        digest = hashlib.sha256(data).hexdigest()
        return cls(_as_text(file), kept, len(data), digest, student and _as_text(student))

    @classmethod
    def read(cls, path: Path, student: str | None = None, *, called: str = "") -> Submission:
        """Read the file at `path` once, in bounded memory.

        called: what an error calls it, if not by its path. Raises UsageError if it does not
        exist, is no regular file, or can't be read.
        """
        name = called or str(path)
        try:
            # Without O_NONBLOCK, opening a FIFO would wait for a writer for ever.
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            raise UsageError(f"{name}: there is no such file") from None
        except OSError as error:
            raise UsageError(f"{name}: can't be read ({error.strerror})") from None
        except ValueError:
            raise UsageError(f"{name!r} is no file name") from None
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            os.close(descriptor)
            if stat.S_ISDIR(mode):
                raise UsageError(f"{name}: is a folder; `grader batch` grades folders")
            raise UsageError(f"{name}: is no regular file")
        with os.fdopen(descriptor, "rb") as stream:
            return cls._read(stream, path, name, student)

    @classmethod
    def _read(cls, stream: object, path: Path, name: str, student: str | None) -> Submission:
        digest, size, kept = hashlib.sha256(), 0, bytearray()
        try:
            while chunk := stream.read(_CHUNK):  # type: ignore[attr-defined]
                digest.update(chunk)
                size += len(chunk)
                if size <= MAX_BYTES:
                    kept += chunk
        except OSError as error:
            raise UsageError(f"{name}: can't be read ({error.strerror})") from None
        data = bytes(kept) if size <= MAX_BYTES else None
        return cls(
            _as_text(path.name), data, size, digest.hexdigest(), student and _as_text(student)
        )


def _as_text(name: str) -> str:
    """A name as text that any file can hold: bytes that are none become question marks."""
    return name.encode("utf-8", "replace").decode()
