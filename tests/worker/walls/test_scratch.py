"""An emptied folder is empty, whatever was done to it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from grader.worker.walls.scratch import wipe


def test_files_folders_and_links(tmp_path: Path) -> None:
    """What a link points to stays."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("x")
    inside = tmp_path / "inside"
    (inside / "a" / "b").mkdir(parents=True)
    (inside / "a" / "b" / "file").write_text("x")
    (inside / "file").write_text("x")
    (inside / "link").symlink_to(outside)
    (inside / "a" / "broken").symlink_to("nowhere")
    os.mkfifo(inside / "pipe")
    wipe(inside)
    assert list(inside.iterdir()) == []
    assert (outside / "kept").read_text() == "x"


@pytest.mark.slow
def test_folders_nested_deeper_than_any_path_is_long(tmp_path: Path) -> None:
    """Neither recursion nor the length of a path may stop it."""
    here = os.open(tmp_path, os.O_RDONLY)
    try:
        for _ in range(5000):
            os.mkdir("d" * 10, dir_fd=here)
            below = os.open("d" * 10, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
    finally:
        os.close(here)
    started = time.process_time()
    wipe(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert time.process_time() - started < 30


@pytest.mark.parametrize("mode", [0o000, 0o400, 0o500])
def test_folders_that_were_locked(tmp_path: Path, mode: int) -> None:
    """Their owner can unlock them."""
    locked = tmp_path / "outer" / "inner"
    locked.mkdir(parents=True)
    (locked / "file").write_text("x")
    locked.chmod(mode)
    locked.parent.chmod(mode)
    wipe(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_names_that_are_no_text(tmp_path: Path) -> None:
    """Any bytes name a file."""
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe"))).mkdir()
    wipe(tmp_path)
    assert list(tmp_path.iterdir()) == []
