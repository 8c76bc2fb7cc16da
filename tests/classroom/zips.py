"""Zips, ordinary and hostile."""

from __future__ import annotations

import functools
import io
import stat
import struct
import zipfile
from pathlib import Path


def zipped(files: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files; a name that ends in "/" is a folder."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return buffer.getvalue()


def link(name: str, target: str) -> bytes:
    """A zip with a symbolic link in it."""
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, target)
    return buffer.getvalue()


@functools.cache
def bomb(name: str, size: int) -> bytes:
    """A zip whose one file inflates to `size` bytes of nothing."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(name, "w", force_zip64=True) as stream,
    ):
        for _ in range(size // 2**20):
            stream.write(bytes(2**20))
    return buffer.getvalue()


def lying_bomb(name: str, size: int, declared: int) -> bytes:
    """The same, with a header that declares less."""
    data = bytearray(bomb(name, size))
    central = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, central + 24, declared)
    # The sizes in the zip64 field would count, were it not disabled.
    return bytes(data)


def encrypted(name: str) -> bytes:
    """A zip whose one file says that it is encrypted."""
    data = bytearray(zipped({name: "score 100"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + offset
        data[at] |= 1
    return bytes(data)


def damaged(name: str, content: bytes) -> bytes:
    """A zip whose one file was changed after it was packed."""
    data = zipped({name: content}, zipfile.ZIP_STORED)
    at = data.index(content)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def crowd(path: Path, entries: int) -> None:
    """A zip with very many empty files, without the time it would take to pack them."""
    name_size = 7
    entry = struct.Struct("<IHHHHHHIIIHHHHHII")
    with path.open("wb") as stream:
        fields = (0x02014B50, 20, 20, 0, 0, 0, 33, 0, 0, 0, name_size, 0, 0, 0, 0, 0, 0)
        stream.write((entry.pack(*fields) + b"x.ipynb") * entries)
        size = stream.tell()
        stream.write(
            struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, entries, entries, size, 0)
        )
        stream.write(struct.pack("<IIQI", 0x07064B50, 0, size, 1))
        stream.write(
            struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
        )
