"""A stranger's zip is read, or refused with a clear line; it never costs more than its cap."""

from __future__ import annotations

import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.classroom.intake.files.archive import Archive
from grader.errors import ArchiveRefused, UsageError
from tests.classroom import zips


def read(data: bytes | Path, member: int = 0, limit: int = 2**20) -> bytes:
    """The bytes of one member."""
    archive = Archive(data, "x.zip")
    try:
        return archive.read(archive.members[member], limit)
    finally:
        archive.close()


def names(data: bytes) -> list[str]:
    """The paths of all members."""
    archive = Archive(data, "x.zip")
    archive.close()
    return [member.path for member in archive.members]


def test_an_ordinary_zip(tmp_path: Path) -> None:
    """From memory and from disk, stored and deflated."""
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        data = zips.zipped({"a/x.ipynb": b"one", "b.txt": b"two"}, method)
        (tmp_path / "x.zip").write_bytes(data)
        assert names(data) == ["a/x.ipynb", "b.txt"]
        assert read(data) == b"one"
        assert read(tmp_path / "x.zip", 1) == b"two"


NO_ZIPS = {
    "empty": b"",
    "text": b"this is no zip",
    "cut off": zips.zipped({"x": b"x" * 1000})[:100],
    "a tar": b"\0" * 10240,
    "garbage after the signature": b"PK\x03\x04" + b"\xff" * 200,
}


@pytest.mark.parametrize("data", NO_ZIPS.values(), ids=NO_ZIPS.keys())
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    """With its name, in one line."""
    with pytest.raises(ArchiveRefused, match=r"^x\.zip: is no zip") as caught:
        Archive(data, "x.zip")
    assert "\n" not in str(caught.value)


def test_a_zip_that_is_not_there() -> None:
    """Is the caller's mistake."""
    with pytest.raises(UsageError, match="No such file"):
        Archive(Path("/nonexistent/x.zip"), "x.zip")


TRAVERSALS = ["../x.ipynb", "a/../../x", "/etc/passwd", "\\\\host\\x", "..\\x", "C:\\x", "C:/x"]


@pytest.mark.parametrize("name", TRAVERSALS)
def test_names_that_point_outside_say_nothing(name: str) -> None:
    """They are listed as such, and not read."""
    data = zips.zipped({name: b"x"})
    archive = Archive(data, "x.zip")
    assert archive.members[0].traversal
    with pytest.raises(ArchiveRefused, match="points outside"):
        archive.read(archive.members[0])
    archive.close()


def test_a_name_with_nul() -> None:
    """What a C program would read of it is another name."""
    data = zips.zipped({"aXb.ipynb": b"x"}).replace(b"aXb", b"a\0b")
    archive = Archive(data, "x.zip")
    assert archive.members[0].traversal
    archive.close()


def test_a_name_of_many_kilobytes() -> None:
    """No person gives such a name."""
    archive = Archive(zips.zipped({"a" * 60_000: b"x"}), "x.zip")
    assert archive.members[0].traversal
    assert len(archive.members[0].path) < 300
    archive.close()


# Made when they are needed: packing a bomb takes its time.
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a link": (lambda: zips.link("x.ipynb", "/etc/passwd"), "is a link"),
    "encrypted": (lambda: zips.encrypted("x.ipynb"), "is encrypted"),
    "a rare way to pack": (
        lambda: zips.zipped({"x.ipynb": b"x"}, zipfile.ZIP_LZMA),
        "ordinary zip",
    ),
    "damaged": (lambda: zips.damaged("x.ipynb", b"score 100"), "is damaged"),
    "a bomb": (lambda: zips.bomb("x.ipynb", 2**28), "is larger than 1 MiB"),
}


@pytest.mark.parametrize(("made", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_members_that_are_refused(made: Callable[[], bytes], reason: str) -> None:
    """Each with its name and the reason."""
    with pytest.raises(ArchiveRefused, match=rf"^x\.ipynb: .*{reason}"):
        read(made())


def test_a_bomb_that_lies_about_its_size_inflates_no_further() -> None:
    """A quarter of a gigabyte behind a header that says one kilobyte."""
    data = zips.lying_bomb("x.ipynb", 2**28, 1024)
    tracemalloc.start()
    with pytest.raises(ArchiveRefused):
        read(data)
    assert tracemalloc.get_traced_memory()[1] < 16 * 2**20
    tracemalloc.stop()


@pytest.mark.parametrize("entries", [60_000, 1_000_000])
def test_a_million_entries_are_refused_before_they_are_counted(
    tmp_path: Path, entries: int
) -> None:
    """In little memory, and little time."""
    zips.crowd(tmp_path / "x.zip", entries)
    started = time.process_time()
    with pytest.raises(ArchiveRefused, match=r"50000|table of contents"):
        Archive(tmp_path / "x.zip", "x.zip")
    assert time.process_time() - started < 3


def test_overlapping_files_cost_no_more_than_one(tmp_path: Path) -> None:
    """Many names for the same packed bytes: each read is capped by itself."""
    data = bytearray(zips.zipped({"a": b"x" * 100, "b": b"y" * 100}, zipfile.ZIP_STORED))
    at = data.rindex(b"PK\x01\x02")
    data[at + 42 : at + 46] = b"\0\0\0\0"  # the second entry points to the first's bytes
    with pytest.raises(ArchiveRefused, match="damaged"):
        read(bytes(data), 1)


NAMES = {
    "said to be UTF-8": zips.zipped({"Zoë.ipynb": b"x"}),
    "UTF-8 that does not say so": zips.zipped({"ZoXX.ipynb": b"x"}).replace(b"XX", b"\xc3\xab"),
    "Windows separators": zips.zipped({"a\\Zoë.ipynb": b"x"}),
}


@pytest.mark.parametrize("data", NAMES.values(), ids=NAMES.keys())
def test_names_of_people_survive(data: bytes) -> None:
    """Whatever program packed them."""
    (name,) = names(data)
    assert name.rpartition("/")[2] == "Zoë.ipynb"
