"""Waiting for what other processes do."""

from __future__ import annotations

import time
from collections.abc import Callable

# As long as any machine may stand still: an end for a test that would fail, no measure of speed.
PATIENCE = 120.0
_PAUSE = 0.02


def happens(event: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Whether it happens before patience ends; returns as soon as it does."""
    deadline = time.monotonic() + seconds
    while not event():
        if time.monotonic() > deadline:
            return False
        time.sleep(_PAUSE)
    return True
