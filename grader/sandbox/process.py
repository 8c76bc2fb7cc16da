"""One child as a process of this machine: its clock, its appetite, its end."""

from __future__ import annotations

import math
import os
import sys
import time
from pathlib import Path

from grader.sandbox.limits import DISK_MOST, THREADS_MOST, WATCH_SECONDS
from grader.sandbox.worker import END_SECONDS, Born, Worker
from grader.worker import control


class Process:
    """A child's process. `pipes` are the judge's ends; `close` closes them."""

    def __init__(self, worker: Worker, born: Born) -> None:
        self._worker = worker
        self._number = _as_seen_here(born)
        self._oom_kills = _oom_kills()
        self._looked_at = -math.inf
        self.pipes = born
        self.ended: control.Ended | None = None

    def kill(self) -> None:
        """End it at once."""
        self._worker.kill(self.pipes)

    def wait(self, seconds: float = END_SECONDS) -> bool:
        """Whether it ended within so many seconds; `ended` then says how. Raises WorkerLost."""
        if self.ended is None:
            self.ended = self._worker.ended(self.pipes, seconds)
        return self.ended is not None

    def cpu_seconds(self) -> float:
        """The CPU time that all its threads have used; 0 if that can't be told any more."""
        if self.ended is not None:
            return self.ended.cpu_seconds
        if sys.platform == "linux":
            try:
                # The clock that clock_getcpuclockid(3) names: one call, no file to parse.
                return time.clock_gettime((~self._number << 3) | 2)
            except OSError:
                return 0.0
        import psutil

        try:
            times = psutil.Process(self._number).cpu_times()
        except psutil.Error:
            return 0.0
        return float(times.user + times.system)

    @property
    def watched(self) -> bool:
        """Whether some of its limits are the judge's to keep, so that `excess` must be asked."""
        return self.pipes.scratch is not None

    def excess(self) -> str:
        """Which limit that the kernel does not keep it has passed; empty for none.

        To look takes longer than most requests, so it is done every WATCH_SECONDS at most.
        """
        now = time.monotonic()
        if now - self._looked_at < WATCH_SECONDS:
            return ""
        self._looked_at = now
        if self.pipes.scratch is not None and _weight(self.pipes.scratch) > DISK_MOST:
            return f"wrote more than {DISK_MOST // 2**20} MiB to disk"
        if _threads(self._number) > THREADS_MOST:
            return f"started more than {THREADS_MOST} threads"
        return ""

    def killed_for_memory(self) -> bool:
        """Whether the system has killed something for lack of memory in this child's time."""
        return _oom_kills() > self._oom_kills

    def close(self) -> None:
        """Close the judge's ends. The child must have been killed before."""
        pipes = self.pipes
        for descriptor in (pipes.job, pipes.result, pipes.output, pipes.handle):
            if descriptor is not None:
                os.close(descriptor)
        self._worker.release(pipes)


def _as_seen_here(born: Born) -> int:
    """The child's number for the judge's system calls; inside, processes are counted apart."""
    if born.handle is None:
        return born.pid
    for line in Path(f"/proc/self/fdinfo/{born.handle}").read_text().splitlines():
        if line.startswith("Pid:"):
            return int(line.split()[1])
    return born.pid


def _weight(folder: Path) -> int:
    """The bytes on disk of the files in a scratch folder, which is flat where that matters."""
    total = 0
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                total += entry.stat(follow_symlinks=False).st_blocks * 512
    except OSError:
        pass  # it is being wiped
    return total


def _threads(number: int) -> int:
    try:
        # The name of the program, in brackets, may hold anything.
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        return int(fields[17])
    except OSError:
        return 0


def _oom_kills() -> int:
    """How often this system has killed a process for lack of memory."""
    try:
        text = Path("/proc/vmstat").read_text()
    except OSError:
        return 0
    found = (line.split()[1] for line in text.splitlines() if line.startswith("oom_kill "))
    return int(next(found, 0))
