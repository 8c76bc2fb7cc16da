"""Whether Python's compiled files of TensorFlow are there, which the worker can't write itself.

`uv tool install` and `pipx` compile nothing. Python does so when it first imports a file, unless
it may not write there, as inside the wall: then each start compiles ten thousand files again.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
from pathlib import Path

from grader.errors import FaultError, UsageError
from grader.sandbox.launch import interpreter, site_folders

# Some of the many that each start imports.
_SAMPLES = (
    "tensorflow/__init__.py",
    "tensorflow/python/framework/ops.py",
    "tensorflow/python/ops/math_ops.py",
    "keras/src/losses/loss.py",
    "keras/src/trainers/trainer.py",
    "numpy/__init__.py",
)


def missing(site: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """The files without compiled ones beside them, of a few that every start imports."""
    return tuple(
        str(source)
        for folder in site or site_folders()
        for name in _SAMPLES
        if (source := Path(folder) / name).exists() and not _cache(source).exists()
    )


def compile_all(site: tuple[str, ...] | None = None) -> None:
    """Compile all that is installed, once and for all.

    Raises UsageError if the folder can't be written, FaultError if nothing came of it.
    """
    folders = site or site_folders()
    for folder in folders:
        if not os.access(folder, os.W_OK):
            raise UsageError(f"{folder}: can't be written; whoever installed the grader can do it")
    # Quiet: some packages hold files for other versions of Python, which do no harm.
    command = [interpreter(), "-I", "-m", "compileall", "-qq", "-j", "0", *folders]
    subprocess.run(command, check=False, stdin=subprocess.DEVNULL, env={"PATH": os.defpath})
    if left := missing(site):
        raise FaultError(f"{left[0]}: could not be compiled")


def _cache(source: Path) -> Path:
    # Beside the source, wherever this process keeps its own.
    name = Path(importlib.util.cache_from_source(source.name)).name
    return source.parent / "__pycache__" / name
