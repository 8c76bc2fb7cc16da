"""Whether this machine is short of memory, as the kernel tells it.

A machine that keeps reading its programs back from the disk makes every right answer late, in
CPU time too. That is no student's fault.
"""

from __future__ import annotations

import re
from pathlib import Path

_PRESSURE = Path("/proc/pressure/memory")
_TOTAL = re.compile(r"^some .*\btotal=(\d+)$", re.MULTILINE)

# Of the time in which an answer was waited for: more than this, and the wait says nothing.
_TOO_MUCH = 0.3


def stalled_seconds() -> float:
    """For how long, since it was started, work on this machine waited for memory.

    0.0 where the kernel does not tell (documented as "pressure stall information").
    """
    try:
        return read(_PRESSURE.read_text(encoding="ascii"))
    except OSError:
        return 0.0


def read(text: str) -> float:
    """The seconds in a file of pressure stall information; 0.0 if there are none in it."""
    found = _TOTAL.search(text)
    return int(found[1]) / 1e6 if found else 0.0


def starved(stalled: float, elapsed: float) -> bool:
    """Whether a request that took `elapsed` seconds came to nothing for want of memory.

    stalled: seconds of these in which work on this machine waited for memory.
    """
    return stalled > _TOO_MUCH * elapsed
