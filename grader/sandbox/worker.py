"""One worker process, seen from the judge: its start, its news, its end."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from grader.errors import WorkerLost
from grader.sandbox.children.lost import last_line
from grader.sandbox.launch import ENVIRONMENT, Launch
from grader.worker import control

# Generous: a machine that swaps is no reason for a missing grade.
PROBE_SECONDS = 60.0
READY_SECONDS = 300.0
ANSWER_SECONDS = 60.0
END_SECONDS = 10.0


@dataclass(frozen=True)
class Versions:
    """What the worker runs, as it says itself."""

    python: str
    tensorflow: str
    keras: str


@dataclass(frozen=True)
class Born:
    """A fresh child: its number, its handle, and the judge's ends of its pipes.

    handle: its pidfd, where the system has such. pid: as the worker counts. scratch: the folder
    on this machine's disk that it writes to; None if it lies in memory of a fixed size. room: a
    handle on that file system in memory. inherited: the bytes of memory that it had from its
    worker. memory: those that it may hold; memory shared with files is in neither.
    """

    number: int
    handle: int | None
    pid: int
    scratch: Path | None
    room: int | None
    inherited: int
    memory: int
    job: int
    result: int
    output: int


class Worker:
    """A zygote and what it says. Belongs to one thread."""

    def __init__(self, prepare: Callable[[Path], Launch]) -> None:
        """Start the process; returns at once. `prepare` makes the launch, given a folder."""
        self._home = Path(tempfile.mkdtemp(prefix="grader-"))
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close()
        self._end, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self._probed: control.Probed | control.Refused | None = None
        self._ready: Versions | None = None
        self._forked: dict[int, tuple[control.Forked, list[int]]] = {}
        self._living: set[int] = set()
        self._awaited: set[int] = set()
        self._ended: dict[int, control.Ended] = {}
        self._births = 0
        self._handle: int | None = None
        self.lost = False
        try:
            with other:
                launch = prepare(self._home)
                self._caps = launch.plan.caps
                self._on_disk = launch.plan.scratch[0].startswith(str(self._home))
                self._process = self._launched(launch, other.fileno())
            # If it is gone already, `probe` finds out why.
            with contextlib.suppress(OSError):
                control.send(self._end, launch.plan, [])
        except BaseException:
            self._end.close()
            self._said.close()
            shutil.rmtree(self._home, ignore_errors=True)
            raise

    def _launched(self, launch: Launch, control_end: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            launch.command(control_end),
            env=ENVIRONMENT,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=self._said,
            stderr=self._said,
            pass_fds=(control_end,),
            # Ctrl-C in a terminal is for the judge, which then ends the worker.
            start_new_session=True,
        )

    def probe(self) -> control.Findings | str:
        """What the trial child found, or why there was none."""
        try:
            self._await(lambda: self._probed is not None, PROBE_SECONDS)
        except WorkerLost as problem:
            return self._last_line() or str(problem)
        match self._probed:
            case control.Probed(findings=findings):
                return findings
            case control.Refused(reason):
                return reason
            case None:
                raise AssertionError("waited for it above")

    @property
    def has_handle(self) -> bool:
        """Whether this system gives processes handles, once it was probed."""
        return self._handle is not None

    def versions(self) -> Versions:
        """The worker's versions, once it is ready. Raises WorkerLost."""
        if self._ready is None:
            self._await(lambda: self._ready is not None, READY_SECONDS)
        return cast("Versions", self._ready)

    def fork(self) -> Born:
        """A new child. Raises WorkerLost."""
        self.versions()
        # Those closed a moment ago may still be dying; their places are free after that.
        self._await(lambda: len(self._living) < control.MAX_CHILDREN, ANSWER_SECONDS)
        number = self._births = self._births + 1
        theirs: list[int] = []
        ours: list[int] = []
        try:
            for mine_writes in (True, False, False):
                reading, writing = os.pipe()
                ours.append(writing if mine_writes else reading)
                theirs.append(reading if mine_writes else writing)
                os.set_blocking(ours[-1], False)
            control.send(self._end, control.Fork(number), theirs)
            self._living.add(number)
            self._awaited.add(number)
            self._await(lambda: number in self._forked, ANSWER_SECONDS)
        except BaseException as problem:
            for descriptor in ours:
                os.close(descriptor)
            if isinstance(problem, OSError):
                raise self._gone(str(problem)) from None
            raise
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        forked, handles = self._forked.pop(number)
        # The second one is not there where the system gives processes no handles.
        room, handle = (*handles, None, None)[:2]
        scratch = Path(forked.scratch) if self._on_disk else None
        if room is not None and scratch is not None:
            os.close(room)
            room = None
        most = min(self._caps.data, forked.inherited + self._caps.growth)
        return Born(number, handle, forked.pid, scratch, room, forked.inherited, most, *ours)

    def kill(self, born: Born) -> None:
        """End the child at once, whatever it is doing."""
        # What goes wrong here: it is dead already, or its worker is, and it with its worker.
        with contextlib.suppress(OSError):
            if born.handle is not None:
                try:
                    signal.pidfd_send_signal(born.handle, signal.SIGKILL)
                except PermissionError:
                    pass  # a container refuses the call; the worker has others
                else:
                    return
            control.send(self._end, control.Kill(born.number), [])

    def ended(self, born: Born, seconds: float) -> control.Ended | None:
        """How the child ended; None if it has not within so many seconds. Raises WorkerLost."""
        deadline = time.monotonic() + seconds
        while born.number not in self._ended and (left := deadline - time.monotonic()) > 0:
            self._hear(left)
        return self._ended.get(born.number)

    def release(self, born: Born) -> None:
        """Nobody waits for the news of this child any more."""
        self._ended.pop(born.number, None)
        self._awaited.discard(born.number)

    def close(self) -> None:
        """End the worker and all its children, and wipe what they wrote. Idempotent."""
        if self._end.fileno() < 0:
            return
        self._end.close()  # the zygote ends when it sees this
        if self._ready is None:
            # It would see it only after importing TensorFlow; there is nothing to tidy yet.
            self._kill()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._kill()
            self._process.kill()
            self._process.wait()
        for _, handles in self._forked.values():
            for handle in handles:
                os.close(handle)
        if self._handle is not None:
            os.close(self._handle)
        self._said.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def _kill(self) -> None:
        """End the zygote; bubblewrap, if it is around it, ends with it."""
        if self._handle is not None:
            with contextlib.suppress(OSError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def _await(self, arrived: Callable[[], bool], seconds: float) -> None:
        """Listen until it arrived. Raises WorkerLost."""
        deadline = time.monotonic() + seconds
        while not arrived():
            left = deadline - time.monotonic()
            if left <= 0:
                raise self._gone(f"no answer in {seconds:.0f} s")
            self._hear(left)

    def _hear(self, seconds: float) -> None:
        """Take in one message if one comes in so many seconds. Raises WorkerLost."""
        if self.lost:
            raise WorkerLost("the worker is gone")
        self._end.settimeout(seconds)
        try:
            news = control.receive_news(self._end)
        except TimeoutError:
            return
        except control.ControlError as error:
            raise self._gone(f"it said nonsense ({error})") from None
        finally:
            self._end.settimeout(None)
        if news is None:
            raise self._gone("it ended")
        self._note(*news)

    def _note(self, news: control.FromZygote, descriptors: list[int]) -> None:
        match news:
            case control.Probed():
                self._probed = news
                self._handle = descriptors[0] if descriptors else None
            case control.Refused():
                self._probed = news
            case control.Ready(python, tensorflow, keras):
                self._ready = Versions(python, tensorflow, keras)
            case control.Forked(number):
                self._forked[number] = (news, descriptors)
            case control.Ended(number):
                self._living.discard(number)
                if number in self._awaited:
                    self._ended[number] = news

    def _gone(self, why: str) -> WorkerLost:
        """The error for a worker that can't go on, with the last thing it printed."""
        self.lost = True
        if why == "it ended":
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(END_SECONDS)
        last = self._last_line()
        return WorkerLost(f"the worker was lost: {why}" + (f"; {last}" if last else ""))

    def _last_line(self) -> str:
        """The last thing the worker itself printed: most likely why it ended."""
        self._said.seek(0, os.SEEK_END)
        self._said.seek(max(0, self._said.tell() - 4000))
        return last_line(self._said.read().decode(errors="backslashreplace"))
