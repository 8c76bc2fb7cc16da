"""Empties a scratch folder, whatever a child left in it."""

from __future__ import annotations

import os
from pathlib import Path


def wipe(folder: Path) -> None:
    """Remove all that is in `folder`, however deep it is nested.

    Folders within folders are first moved up: neither recursion nor the longest path that
    the system takes limits how deep a child may have dug.
    """
    moved = 0
    while entries := list(os.scandir(folder)):
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                os.unlink(entry.path)
                continue
            os.chmod(entry.path, 0o700)
            for inner in list(os.scandir(entry.path)):
                if inner.is_dir(follow_symlinks=False):
                    # The name is new: a child chose all the others.
                    moved += 1
                    os.chmod(inner.path, 0o700)
                    os.rename(inner.path, folder / f"{os.urandom(8).hex()}-{moved}")
                else:
                    os.unlink(inner.path)
            os.rmdir(entry.path)
