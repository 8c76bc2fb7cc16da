"""A request without an answer, and why."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from typing import Literal

from grader.sandbox.resources.limits import CPU_SECONDS, MIB
from grader.worker import control

# What a right answer shows of libraries in memory, which its peak counts too.
_FILES = 64 * MIB


@dataclass(frozen=True)
class Lost:
    """A request that got no answer, through the doing of the student's code.

    reason: "timeout"; "memory", where that can be told; "crashed" by a signal; "exited" by
    itself; "protocol" for bytes that are not one whole reply; "output" for a flood of prints
    or files. detail: short, for a person. signal: the one that it died of, 0 if of none.
    """

    reason: Literal["timeout", "memory", "crashed", "protocol", "output", "exited"]
    detail: str
    signal: int = 0


def cause_of_death(ended: control.Ended, printed: str, *, killed_for_memory: bool) -> Lost:
    """Why a child died that the judge did not kill.

    What it printed chooses words at most: it is a stranger's.
    """
    if ended.signal:
        return _signalled(ended, printed, killed_for_memory=killed_for_memory)
    if ended.code == control.EXIT_MEMORY:
        return Lost("memory", "out of memory")
    if ended.code == control.EXIT_BROKEN:
        return Lost("crashed", last_line(printed) or "its Python interpreter broke off")
    return Lost("exited", f"exit code {ended.code}")


def machine_gave_out(
    ended: control.Ended, *, inherited: int, memory: int, killed_for_memory: bool
) -> bool:
    """Whether the system ended this child for want of memory that others had used up.

    A child that has taken less than half of what it may take beyond what it `inherited` is not to
    blame, and neither is a student. memory: all that it may hold.
    """
    picked = ended.signal == signal.SIGKILL and killed_for_memory
    return picked and ended.peak_bytes < (inherited + memory) // 2 + _FILES


def last_line(text: str) -> str:
    """The last line that is not empty, cut to a sensible length."""
    lines = text.strip().splitlines()
    return lines[-1][:200] if lines else ""


def _signalled(ended: control.Ended, printed: str, *, killed_for_memory: bool) -> Lost:
    # The soft limit's signal can be ignored; the hard limit kills.
    spent = ended.signal == signal.SIGKILL and ended.cpu_seconds >= CPU_SECONDS
    if ended.signal == signal.SIGXCPU or spent:
        return Lost("timeout", f"used more than {CPU_SECONDS} s of CPU time in all")
    if ended.signal == signal.SIGKILL and killed_for_memory:
        return Lost("memory", "the system ran out of memory")
    # What C++ says when an allocation fails that nothing catches.
    if ended.signal == signal.SIGABRT and "std::bad_alloc" in printed:
        return Lost("memory", "out of memory")
    name = signal.strsignal(ended.signal) or "unknown"
    return Lost("crashed", f"signal {ended.signal} ({name})", ended.signal)
