"""Whether processes of Python can work side by side here, with what they share."""

from __future__ import annotations

import multiprocessing


def can_share() -> bool:
    """Whether there are locks between processes: small containers may have no /dev/shm."""
    try:
        multiprocessing.get_context("spawn").Lock()
    except (OSError, ImportError):
        return False
    return True
