"""A file is written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from grader import files
from grader.errors import FaultError, UsageError


def test_a_new_file_and_an_old_one(tmp_path: Path) -> None:
    """Both end with the new bytes, and nothing else is left behind."""
    path = tmp_path / "report.json"
    for data in (b"one\n", b"two\n"):
        files.ensure_writable(path)
        files.write(path, data)
        assert path.read_bytes() == data
    assert [p.name for p in tmp_path.iterdir()] == ["report.json"]


def test_permissions_are_those_of_any_new_file(tmp_path: Path) -> None:
    """Not private like a temporary file."""
    old = os.umask(0o022)
    try:
        files.write(tmp_path / "report.json", b"x")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "report.json").stat().st_mode) == 0o644


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What it points to is replaced."""
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    files.write(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_device_is_written_and_not_replaced() -> None:
    """`-o /dev/null` throws the report away, not the device."""
    files.ensure_writable(Path(os.devnull))
    files.write(Path(os.devnull), b"x")
    assert Path(os.devnull).is_char_device()


def test_places_that_can_not_be_written_are_known_before(tmp_path: Path) -> None:
    """One line, and no work is done for nothing."""
    with pytest.raises(UsageError, match="is a folder"):
        files.ensure_writable(tmp_path)
    with pytest.raises(UsageError, match="there is no folder"):
        files.ensure_writable(tmp_path / "none" / "report.json")
    with pytest.raises(UsageError, match="can't be written"):
        files.ensure_writable(Path("/proc/report.json"))
    assert not list(tmp_path.iterdir())


def test_a_full_disk_leaves_the_old_file() -> None:
    """/dev/full has no room, as a real full disk has none."""
    with pytest.raises(FaultError, match="No space left on device"):
        files.write(Path("/dev/full"), b"x" * 100_000)


def test_an_interrupted_write_leaves_nothing(tmp_path: Path) -> None:
    """Not even the part that was written."""
    path = tmp_path / "report.json"
    path.write_bytes(b"old")
    with pytest.raises(TypeError):
        files.write(path, "no bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["report.json"]


def test_nothing_overwrites_what_it_is_made_from(tmp_path: Path) -> None:
    """Not by another spelling, not through a link, and no target another target."""
    notebook = tmp_path / "x.ipynb"
    notebook.write_bytes(b"{}")
    (tmp_path / "link").symlink_to("x.ipynb")
    for target in (notebook, tmp_path / "." / "x.ipynb", tmp_path / "link"):
        with pytest.raises(UsageError, match="would overwrite"):
            files.ensure_distinct(notebook, target)
    with pytest.raises(UsageError, match="would overwrite"):
        files.ensure_distinct(notebook, tmp_path / "out", tmp_path / "out")
    files.ensure_distinct(notebook, tmp_path / "report.json", Path(os.devnull), Path(os.devnull))
