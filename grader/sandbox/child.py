"""One child, seen from the judge: ask, and get a reply or the news that it is lost.

The judge never waits without a limit: not for a reply, not for the child to take a request,
not for its death. What it reads is bounded before it is read.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from grader.errors import WorkerLost
from grader.sandbox.frames import ReplyReader
from grader.sandbox.limits import CPU_SECONDS, OUTPUT_KEPT, OUTPUT_MOST, Limit
from grader.sandbox.worker import END_SECONDS, Born, Worker
from grader.worker import control, wire

_CHUNK = 2**16
_CORES = os.cpu_count() or 1
# How long a child that closed its result pipe gets to be seen dying.
_GRACE = 0.5


@dataclass(frozen=True)
class Lost:
    """A request that got no answer, through the doing of the student's code.

    reason: "timeout"; "memory", where that can be told; "crashed" by a signal; "exited" by
    itself; "protocol" for bytes that are not one whole reply; "output" for a flood of prints.
    detail: short, for a person.
    """

    reason: Literal["timeout", "memory", "crashed", "protocol", "output", "exited"]
    detail: str


class Child:
    """A forked child that holds one submission. Use it as a context manager."""

    def __init__(self, worker: Worker, born: Born) -> None:
        self._worker = worker
        self._born = born
        self._pid = _own_view(born)
        self._kept = bytearray()
        self._printed = 0
        self._answers = 0
        self._lost: Lost | None = None
        self._ended: control.Ended | None = None
        self._closed = False
        self._kills_before = _oom_kills()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return self._lost is None and not self._closed

    @property
    def output(self) -> str:
        """What it printed so far, the first 64 KiB of it."""
        if not self._closed:
            self._drain()
        return self._kept.decode("utf-8", "backslashreplace")

    @property
    def usage(self) -> float:
        """CPU seconds used so far, or in its whole life once it is dead."""
        if self._ended is None:
            now = _cpu_seconds(self._pid)
            if now is not None and self.alive:
                return now
            self._bury()
        return self._ended.cpu_seconds if self._ended is not None else 0.0

    def ask(self, request: wire.Request, limit: Limit) -> wire.Reply | Lost:
        """The reply to the request, or why there is none.

        After a Lost the child is dead, and every further request gets the same Lost.
        Raises WorkerLost if the worker itself is gone.
        """
        if self._lost is not None:
            return self._lost
        assert not self._closed, "asked a closed child"
        answer = _Exchange(self, wire.encode(request), limit).run()
        if isinstance(answer, Lost):
            self._lost = answer
            self._worker.kill(self._born)
            self._bury()
            self._drain()
        else:
            self._answers += 1
        return answer

    def close(self) -> None:
        """End the child; its output is kept. Idempotent."""
        if self._closed:
            return
        self._worker.kill(self._born)
        self._drain()
        self._closed = True
        born = self._born
        for descriptor in (born.job, born.result, born.output, born.handle):
            if descriptor is not None:
                os.close(descriptor)

    def _bury(self) -> None:
        """Wait for the worker's report of the child's death."""
        if self._ended is None:
            self._ended = self._worker.ended(self._born, END_SECONDS)

    def _drain(self) -> bool:
        """Take what was printed, as far as it fits. False if that was too much."""
        while self._printed <= OUTPUT_MOST:
            try:
                data = os.read(self._born.output, _CHUNK)
            except BlockingIOError:
                return True
            if not data:
                return True
            self._printed += len(data)
            self._kept += data[: max(0, OUTPUT_KEPT - len(self._kept))]
        return False

    def _autopsy(self) -> Lost:
        """Why a child is dead that nobody killed. Raises WorkerLost if it is our fault."""
        self._bury()
        self._drain()
        ended = self._ended
        if ended is None:
            return Lost("crashed", "it ended in an unknown way")
        if ended.code == control.EXIT_UNCONFINED and self._answers == 0:
            raise WorkerLost(f"a child could not be shut in: {self._last_line()}")
        if ended.signal:
            return self._signalled(ended)
        if ended.code == control.EXIT_MEMORY:
            return Lost("memory", "out of memory")
        if ended.code == control.EXIT_BROKEN:
            return Lost("crashed", self._last_line()[:200] or "its Python interpreter broke off")
        return Lost("exited", f"exit code {ended.code}")

    def _signalled(self, ended: control.Ended) -> Lost:
        name = signal.strsignal(ended.signal) or "unknown"
        detail = f"signal {ended.signal} ({name})"
        out_of_time = ended.signal == signal.SIGKILL and ended.cpu_seconds >= CPU_SECONDS
        if ended.signal == signal.SIGXCPU or out_of_time:
            return Lost("timeout", f"used more than {CPU_SECONDS} s of CPU time in all")
        if ended.signal == signal.SIGKILL and _oom_kills() > self._kills_before:
            return Lost("memory", "the system ran out of memory")
        # What C++ says when an allocation fails that nothing catches.
        if ended.signal == signal.SIGABRT and b"std::bad_alloc" in self._kept:
            return Lost("memory", "out of memory")
        return Lost("crashed", detail)

    def _last_line(self) -> str:
        lines = self._kept.decode("utf-8", "backslashreplace").strip().splitlines()
        return lines[-1] if lines else ""


class _Exchange:
    """One request and its reply."""

    def __init__(self, child: Child, frame: bytes, limit: Limit) -> None:
        self._child = child
        self._born = child._born  # noqa: SLF001 - one thing in two classes
        self._unsent = memoryview(frame)
        self._limit = limit
        self._reader = ReplyReader()
        self._poller = select.poll()

    def run(self) -> wire.Reply | Lost:
        """Send, receive, keep the limits."""
        if self._stray():
            return Lost("protocol", "sent something unasked")
        born, poller = self._born, self._poller
        poller.register(born.job, select.POLLOUT)
        poller.register(born.result, select.POLLIN)
        poller.register(born.output, select.POLLIN)
        if born.handle is not None:
            poller.register(born.handle, select.POLLIN)
        start, deadline = self._cpu(), time.monotonic() + self._limit.wall_seconds
        while True:
            cpu_left = self._limit.cpu_seconds - (self._cpu() - start)
            wall_left = deadline - time.monotonic()
            if cpu_left <= 0:
                return Lost("timeout", f"more than {self._limit.cpu_seconds:g} s of CPU time")
            if wall_left <= 0:
                return Lost("timeout", f"no answer in {self._limit.wall_seconds:g} s")
            # All cores at work on it can't use up the time left before this.
            pause = min(wall_left, max(cpu_left / _CORES, 0.005))
            for descriptor, _ in poller.poll(pause * 1000):
                outcome = self._serve(descriptor)
                if outcome is not None:
                    return outcome

    def _serve(self, descriptor: int) -> wire.Reply | Lost | None:
        if descriptor == self._born.job:
            self._write()
        elif descriptor == self._born.output:
            return self._listen()
        elif descriptor == self._born.result:
            return self._read()
        else:
            return self._last_words()
        return None

    def _write(self) -> None:
        try:
            written = os.write(self._born.job, self._unsent[:_CHUNK])
        except BlockingIOError:
            return
        except BrokenPipeError:
            # It will not read; whether it answers nevertheless is decided elsewhere.
            self._poller.unregister(self._born.job)
            return
        self._unsent = self._unsent[written:]
        if not self._unsent:
            self._poller.unregister(self._born.job)

    def _listen(self) -> Lost | None:
        child = self._child
        before = child._printed  # noqa: SLF001
        if not child._drain():  # noqa: SLF001
            return Lost("output", f"printed more than {OUTPUT_MOST // 2**20} MiB")
        if child._printed == before:  # noqa: SLF001 - closed: it would be ready for ever
            self._poller.unregister(self._born.output)
        return None

    def _read(self) -> wire.Reply | Lost | None:
        try:
            data = os.read(self._born.result, min(self._reader.wanted, 2**20))
        except BlockingIOError:
            return None
        if not data:
            self._poller.unregister(self._born.result)
            if self._dies(_GRACE):
                return self._child._autopsy()  # noqa: SLF001
            return Lost("protocol", "closed its result pipe")
        try:
            reply = self._reader.feed(data)
        except wire.WireError as error:
            return Lost("protocol", str(error)[:200])
        if reply is None:
            return None
        if self._unsent:
            return Lost("protocol", "answered before it was asked")
        if self._stray():
            return Lost("protocol", "sent more than one reply")
        return reply

    def _last_words(self) -> wire.Reply | Lost:
        """It is dead; a whole reply that it left behind still counts."""
        while True:
            outcome = self._read()
            if outcome is not None:
                return outcome
            if not select.select([self._born.result], [], [], 0)[0]:
                return self._child._autopsy()  # noqa: SLF001

    def _dies(self, seconds: float) -> bool:
        child = self._child
        child._ended = self._child._worker.ended(self._born, seconds)  # noqa: SLF001
        return child._ended is not None  # noqa: SLF001

    def _stray(self) -> bool:
        """Whether bytes are there that nobody asked for."""
        try:
            return bool(os.read(self._born.result, 1))
        except BlockingIOError:
            return False

    def _cpu(self) -> float:
        return _cpu_seconds(self._child._pid) or 0.0  # noqa: SLF001


def _own_view(born: Born) -> int:
    """The child's number as the judge's system calls know it; the worker may count otherwise."""
    if born.handle is not None:
        for line in Path(f"/proc/self/fdinfo/{born.handle}").read_text().splitlines():
            if line.startswith("Pid:"):
                return int(line.split()[1])
    return born.pid


def _cpu_seconds(pid: int) -> float | None:
    """The CPU time of all the process' threads; None if it is gone."""
    if pid <= 0:
        return None
    if sys.platform == "linux":
        try:
            # The clock that clock_getcpuclockid(3) names: one system call, no file to parse.
            return time.clock_gettime((~pid << 3) | 2)
        except OSError:
            return None
    import psutil

    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return None
    return float(times.user + times.system)


def _oom_kills() -> int:
    """How often this system has killed a process for lack of memory."""
    try:
        text = Path("/proc/vmstat").read_text()
    except OSError:
        return 0
    return next(
        (int(line.split()[1]) for line in text.splitlines() if line.startswith("oom_kill ")), 0
    )
