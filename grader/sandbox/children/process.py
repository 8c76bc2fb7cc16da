"""One child as a process of this machine: its clock, its appetite, its end."""

from __future__ import annotations

import math
import os
import re
import time
from itertools import islice
from pathlib import Path

from grader.sandbox.children.lost import Lost
from grader.sandbox.resources.limits import DISK_MOST, FILES_MOST, THREADS_MOST, WATCH_SECONDS
from grader.sandbox.worker import END_SECONDS, Born, Worker
from grader.worker import control

_HELD = re.compile(rb"^(Threads|RssAnon|RssShmem):\s*(\d+)", re.MULTILINE)


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
        try:
            # The clock that clock_getcpuclockid(3) names: one call, no file to parse.
            return time.clock_gettime((~self._number << 3) | 2)
        except OSError:
            return 0.0

    def excess(self) -> Lost | None:
        """Which limit that the kernel does not keep it has passed; None for none.

        To look takes longer than most requests, so it is done every WATCH_SECONDS at most.
        """
        now = time.monotonic()
        if now - self._looked_at < WATCH_SECONDS:
            return None
        self._looked_at = now
        files, weight = self._written()
        if files > FILES_MOST:
            return Lost("output", f"made more than {FILES_MOST} files")
        if weight > DISK_MOST:
            return Lost("output", f"wrote more than {DISK_MOST // 2**20} MiB to disk")
        seen = _status(self._number)
        if seen.get(b"Threads", 0) > THREADS_MOST:
            return Lost("memory", f"started more than {THREADS_MOST} threads")
        if (seen.get(b"RssAnon", 0) + seen.get(b"RssShmem", 0)) * 1024 > self.pipes.memory:
            return Lost("memory", "out of memory")
        return None

    def killed_for_memory(self) -> bool:
        """Whether the system has killed something for lack of memory in this child's time."""
        return _oom_kills() > self._oom_kills

    def _written(self) -> tuple[int, int]:
        """How many files it has written, as far as that matters, and their bytes on disk."""
        if self.pipes.scratch is not None:
            return _laid_down(self.pipes.scratch)
        if self.pipes.room is None:
            return 0, 0
        # A file system of its own, whose size the kernel keeps; the folder itself is one of these.
        system = os.fstatvfs(self.pipes.room)
        return system.f_files - system.f_ffree - 1, 0

    def close(self) -> None:
        """Close the judge's ends. The child must have been killed before."""
        pipes = self.pipes
        for descriptor in (pipes.job, pipes.result, pipes.output, pipes.handle, pipes.room):
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


def _laid_down(folder: Path) -> tuple[int, int]:
    """The files in a scratch folder, which is flat where that matters, and their bytes on disk.

    Counted to one more than there may be and no further, however many there are.
    """
    count = weight = 0
    try:
        with os.scandir(folder) as entries:
            for entry in islice(entries, FILES_MOST + 1):
                count += 1
                weight += entry.stat(follow_symlinks=False).st_blocks * 512
    except OSError:
        pass  # it is being wiped
    return count, weight


def _status(number: int) -> dict[bytes, int]:
    """The threads of a process, and the KiB it alone holds; empty where that can't be told."""
    try:
        text = Path(f"/proc/{number}/status").read_bytes()
    except OSError:
        return {}
    return {key: int(figure) for key, figure in _HELD.findall(text)}


def _oom_kills() -> int:
    """How often this system has killed a process for lack of memory."""
    try:
        text = Path("/proc/vmstat").read_text()
    except OSError:
        return 0
    found = (line.split()[1] for line in text.splitlines() if line.startswith("oom_kill "))
    return int(next(found, 0))
