"""One request and its reply, within its limits.

The judge never waits without a limit: not for a reply, not for the child to take a request,
not for its death. What it reads is bounded before it is read.
"""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable
from enum import Enum

from grader.errors import WorkerLost
from grader.sandbox.children.frames import ReplyReader
from grader.sandbox.children.lost import Lost
from grader.sandbox.children.output import Output
from grader.sandbox.children.process import Process
from grader.sandbox.resources.limits import OUTPUT_MOST, WATCH_SECONDS, Limit
from grader.sandbox.resources.pressure import stalled_seconds, starved
from grader.worker import wire

_CHUNK = 2**16
_CORES = os.cpu_count() or 1
# How long a child that closed its result pipe gets to be seen dying.
_GRACE_SECONDS = 2.0
# The judge never sleeps longer. So late it wakes only if it was stopped (Ctrl-Z, a machine that
# slept), and that is not the child's time, whose answer may have been there all along.
_SLEEP_SECONDS = 1.0


class Dead(Enum):
    """The child died on its own before it answered."""

    DEAD = "dead"


Outcome = wire.Reply | Lost | Dead


class Exchange:
    """Sends one frame to a child, and receives one."""

    def __init__(
        self,
        process: Process,
        output: Output,
        frame: bytes,
        limit: Limit,
        stalled: Callable[[], float] = stalled_seconds,
    ) -> None:
        """Prepare to send `frame`; stalled: how long this machine waited for memory so far."""
        self._process = process
        self._stalled = stalled
        self._pipes = process.pipes
        self._output = output
        self._unsent = memoryview(frame)
        self._limit = limit
        self._reader = ReplyReader()
        self._poller = select.poll()

    def run(self) -> Outcome:
        """The reply, or why there is none. The child may still be alive then.

        Raises WorkerLost if the time ran out because this machine is short of memory.
        """
        if self._stray():
            return Lost("protocol", "sent something unasked")
        pipes, poller = self._pipes, self._poller
        poller.register(pipes.job, select.POLLOUT)
        poller.register(pipes.result, select.POLLIN)
        if not self._output.closed:
            poller.register(pipes.output, select.POLLIN)
        if pipes.handle is not None:
            poller.register(pipes.handle, select.POLLIN)
        start, begun = self._process.cpu_seconds(), time.monotonic()
        stalled: float | None = None  # asked for only where the reply takes its time
        awake = begun
        while True:
            now = time.monotonic()
            if (absent := now - awake) > _SLEEP_SECONDS:
                begun += absent
            cpu_left = self._limit.cpu_seconds - (self._process.cpu_seconds() - start)
            elapsed = now - begun
            wall_left = self._limit.wall_seconds - elapsed
            if overrun := self._overrun(cpu_left, wall_left):
                waited = self._stalled() - stalled if stalled is not None else 0.0
                if overrun.reason == "timeout" and starved(waited, elapsed):
                    raise WorkerLost("this machine is short of memory: close what else runs on it")
                return overrun
            if stalled is None and elapsed >= WATCH_SECONDS:
                stalled = self._stalled()
            # All cores at work on it can't use up the time left before this.
            pause = min(wall_left, max(cpu_left / _CORES, 0.005), _SLEEP_SECONDS)
            pause = min(pause, WATCH_SECONDS)
            awake = now + pause
            for descriptor, _ in poller.poll(pause * 1000):
                outcome = self._serve(descriptor)
                if outcome is not None:
                    return outcome

    def _overrun(self, cpu_left: float, wall_left: float) -> Lost | None:
        if cpu_left <= 0:
            return Lost("timeout", f"more than {self._limit.cpu_seconds:g} s of CPU time")
        if wall_left <= 0:
            return Lost("timeout", f"no answer in {self._limit.wall_seconds:g} s")
        return self._process.excess()

    def _serve(self, descriptor: int) -> Outcome | None:
        if descriptor == self._pipes.job:
            self._write()
        elif descriptor == self._pipes.output:
            self._output.drain()
            if self._output.flooded:
                return Lost("output", f"printed more than {OUTPUT_MOST // 2**20} MiB")
            if self._output.closed:
                self._poller.unregister(descriptor)
        elif descriptor == self._pipes.result:
            return self._read()
        else:
            return self._last_words()
        return None

    def _write(self) -> None:
        try:
            written = os.write(self._pipes.job, self._unsent[:_CHUNK])
        except BlockingIOError:
            return
        except BrokenPipeError:
            # It will not listen. It may be dying, and what it leaves behind says more.
            self._poller.unregister(self._pipes.job)
            return
        self._unsent = self._unsent[written:]
        if not self._unsent:
            self._poller.unregister(self._pipes.job)

    def _read(self) -> Outcome | None:
        try:
            data = os.read(self._pipes.result, min(self._reader.wanted, 2**20))
        except BlockingIOError:
            return None
        if not data:
            self._poller.unregister(self._pipes.result)
            if self._process.wait(_GRACE_SECONDS):
                return Dead.DEAD
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

    def _last_words(self) -> Outcome:
        """It is dead; a whole reply that it left behind still counts."""
        while select.select([self._pipes.result], [], [], 0)[0]:
            outcome = self._read()
            if outcome is not None:
                return outcome
        return Dead.DEAD

    def _stray(self) -> bool:
        """Whether bytes are there that nobody asked for."""
        try:
            return bool(os.read(self._pipes.result, 1))
        except BlockingIOError:
            return False
