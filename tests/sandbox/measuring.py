"""Counts what runs inside a worker and its children, where tests are run under coverage.py."""

from __future__ import annotations

import os
import shutil
from itertools import count
from pathlib import Path

import coverage

from grader.sandbox.launch import WORKER
from tests.sandbox.measured import arcs

MEASURED = Path(__file__).parent / "measured"

_numbers = count()


def prepare(folder: Path) -> None:
    """Have a worker that is started from this folder take notes, if tests are measured."""
    if coverage.Coverage.current() is None:
        return
    (folder / "__main__.py").rename(folder / "begin.py")
    for path in MEASURED.glob("*.py"):
        shutil.copy(path, folder)
    arcs.make(folder)


def collect(folder: Path) -> None:
    """Add the notes to what coverage.py has counted, under the names of the grader's own files."""
    running = coverage.Coverage.current()
    if running is None:
        return
    found = {}
    for path, taken in arcs.noted(folder):
        name = path.relative_to(folder).as_posix()
        original = WORKER / ("__main__.py" if name == "begin.py" else name)
        # A stand-in has no part in this.
        if taken and original.is_file() and original.read_bytes() == path.read_bytes():
            found[str(original)] = taken
    data = coverage.CoverageData(
        running.get_data().base_filename(), suffix=f"worker.{os.getpid()}.{next(_numbers)}"
    )
    data.add_arcs(found)
    data.write()
