"""Reading a stranger's zip: listed and read in memory, never unpacked to disk.

Nothing here trusts what an archive says about itself. The central directory is read in
bounded memory before it is parsed, names are only ever labels, and no file is inflated beyond
its cap, whatever its header claims. A ratio of sizes is not looked at: a training log
repeats itself a hundredfold, and what counts is how much comes out.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from grader.errors import ArchiveRefused, UsageError
from grader.submission import MAX_BYTES

MAX_DIRECTORY_BYTES = 8 * 2**20
MAX_ENTRIES = 50_000
MAX_NAME = 1000
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError,
           struct.error, OverflowError, NotImplementedError)  # fmt: skip


@dataclass(frozen=True)
class Member:
    """One entry of an archive.

    path: with "/" between folders; ends in "/" for a folder. size: as declared.
    refused: why its bytes will not be read; empty if they will.
    traversal: whether the name points outside the archive, so that it says nothing.
    """

    path: str
    size: int
    index: int
    refused: str = ""
    traversal: bool = False


class Archive:
    """A zip that is open for reading, until it is closed.

    Raises ArchiveRefused when it is no zip or too much of one.
    """

    def __init__(self, source: Path | bytes, name: str) -> None:
        self._stream: BinaryIO | None = None
        try:
            raw = source.open("rb", 0) if isinstance(source, Path) else io.BytesIO(source)
        except OSError as error:
            raise UsageError(f"{name}: can't be read ({error.strerror})") from None
        self._stream = _Guarded(raw, name)  # type: ignore[arg-type]
        try:
            self._zip = zipfile.ZipFile(self._stream)
        except _BROKEN as error:
            self.close()
            raise ArchiveRefused(f"{name}: is no zip that can be read ({_reason(error)})") from None
        except ArchiveRefused:
            self.close()
            raise
        self._stream.opened = True
        self._infos = self._zip.infolist()
        if len(self._infos) > MAX_ENTRIES:
            self.close()
            raise ArchiveRefused(
                f"{name}: holds {len(self._infos)} files; at most {MAX_ENTRIES} are read"
            )
        self.members = tuple(_member(number, info) for number, info in enumerate(self._infos))

    def read(self, member: Member, limit: int = MAX_BYTES) -> bytes:
        """The bytes of one member.

        Raises ArchiveRefused if it is refused, larger than `limit`, or damaged.
        """
        if member.refused:
            raise ArchiveRefused(f"{member.path}: {member.refused}")
        if member.size > limit:
            raise ArchiveRefused(f"{member.path}: is larger than {limit // 2**20} MiB")
        try:
            with self._zip.open(self._infos[member.index]) as stream:
                # zipfile stops at the size that the header declares, and checks the CRC there.
                data = stream.read(limit + 1)
        except _BROKEN as error:
            raise ArchiveRefused(f"{member.path}: is damaged ({_reason(error)})") from None
        if len(data) > limit:
            raise ArchiveRefused(f"{member.path}: is larger than {limit // 2**20} MiB")
        return data

    def close(self) -> None:
        """Close the file under it."""
        if self._stream is not None:
            self._stream.close()


class _Guarded(io.BufferedReader):
    """A file that hands out at most MAX_DIRECTORY_BYTES at once while a zip is being opened.

    zipfile reads the whole central directory in one call and makes an object of each entry;
    a million entries would take a gigabyte before anybody could count them.
    """

    def __init__(self, raw: io.RawIOBase, name: str) -> None:
        super().__init__(raw)
        self.opened = False
        self._name = name

    def read(self, size: int | None = -1, /) -> bytes:
        if not self.opened:
            data = super().read(MAX_DIRECTORY_BYTES + 1 if size is None or size < 0 else
                                min(size, MAX_DIRECTORY_BYTES + 1))  # fmt: skip
            if len(data) > MAX_DIRECTORY_BYTES:
                raise ArchiveRefused(f"{self._name}: has a table of contents over 8 MiB")
            return data
        return super().read(size)


def is_zip_name(path: str) -> bool:
    """Whether the file's name says that it is a zip."""
    return path.casefold().endswith(".zip")


def _member(index: int, info: zipfile.ZipInfo) -> Member:
    path = _name(info)
    if len(path) > MAX_NAME:
        return Member(path[:200], info.file_size, index, "its name is too long", traversal=True)
    parts = path.split("/")
    mode = info.external_attr >> 16
    if "\0" in info.orig_filename or path.startswith("/") or ".." in parts or path[1:2] == ":":
        return Member(
            path, info.file_size, index, "its name points outside the zip", traversal=True
        )
    refused = ""
    if info.flag_bits & _ENCRYPTED:
        refused = "is encrypted"
    elif stat.S_IFMT(mode) and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        refused = "is a link" if stat.S_ISLNK(mode) else "is no regular file"
    elif info.compress_type not in _METHODS:
        refused = "is packed in a way that is not supported; use an ordinary zip"
    return Member(path, info.file_size, index, refused)


def _name(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        # Many programs write UTF-8 without saying so; zipfile then reads it as code page 437.
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    # Some programs on Windows write its own separator, and some on Unix begin with "./".
    name = name.replace("\\", "/")
    parts = [part for part in name.split("/") if part not in {"", "."}]
    if not parts:
        return name
    return "/" * name.startswith("/") + "/".join(parts) + "/" * name.endswith("/")


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
