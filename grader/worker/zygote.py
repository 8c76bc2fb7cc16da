"""The zygote: imports TensorFlow once, then forks a child per submission.

It runs no operation of TensorFlow and no student's code, and sees no submission; a child
inherits all of its memory. It holds one socket to the judge and answers `Fork` with a live
child's pidfd, and each death with an `Ended`.
"""

from __future__ import annotations

import os
import platform
import select
import signal
import socket
from dataclasses import dataclass
from pathlib import Path

import msgspec

from . import control
from .answering import runtime
from .walls import appetite, confine
from .walls.scratch import wipe


def main(descriptor: int) -> None:
    """Carry out the judge's plan, say what came of it, then serve until the judge is gone."""
    end = socket.socket(fileno=descriptor)
    order = control.receive_order(end)
    if order is None or not isinstance(order[0], control.Plan):
        return
    plan = order[0]
    try:
        precedence = appetite.Precedence()
        confine.settle(plan)
        findings = _try_out(plan)
    except (confine.Unfit, OSError) as problem:
        control.send(end, control.Refused(str(problem)[:1000]), [])
        return
    own = _handle(os.getpid())
    control.send(end, control.Probed(os.getpid(), findings), own)
    _close(own)
    loaded = runtime.load()
    wipe(Path(plan.scratch[0]))  # importing may have written there
    confine.narrow(plan)
    ready = control.Ready(platform.python_version(), loaded.tensorflow, loaded.keras)
    control.send(end, ready, [])
    Nursery(end, plan, precedence).run()


def _try_out(plan: control.Plan) -> control.Findings:
    """Shut a trial child in and let it test its own walls. Raises confine.Unfit."""
    out, into = os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            confine.narrow(plan)
            confine.shut_in(plan, plan.scratch[0], parent)
            report = msgspec.json.encode(confine.look_around(plan))
        except BaseException as problem:  # noqa: BLE001 - any failure means: not here
            report = repr(problem).encode()
        os.write(into, report)
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as stream:
        report = stream.read(control.MAX_MESSAGE)
    _, status = os.waitpid(pid, 0)
    wipe(Path(plan.scratch[0]))
    try:
        return msgspec.json.decode(report, type=control.Findings)
    except msgspec.MsgspecError:
        what = report.decode(errors="replace") or f"it ended with status {status}"
        raise confine.Unfit(f"a trial child could not be shut in: {what}") from None


@dataclass(frozen=True)
class _Infant:
    """A live child: the judge's number for it, and the scratch folder it holds."""

    number: int
    scratch: str


class Nursery:
    """Forks children and buries them."""

    def __init__(
        self, end: socket.socket, plan: control.Plan, precedence: appetite.Precedence
    ) -> None:
        self._end = end
        self._plan = plan
        self._precedence = precedence
        holds = appetite.held()
        self._inherited = holds.resident if holds is not None else 0
        self._free = list(plan.scratch)
        self._infants: dict[int, _Infant] = {}
        # Not before now: with it comes NumPy, and the judge waits for the trial child's report.
        from .child import live

        self._live = live

    def run(self) -> None:
        """Serve until the judge's end of the socket is closed; then end every child."""
        awake, waker = os.pipe()
        os.set_blocking(awake, False)
        os.set_blocking(waker, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        poller = select.poll()
        poller.register(self._end, select.POLLIN)
        poller.register(awake, select.POLLIN)
        while True:
            for descriptor, _ in poller.poll():
                if descriptor == awake:
                    os.read(awake, 512)
                    self._bury()
                else:
                    order = control.receive_order(self._end)
                    if order is None:
                        self._end_all()
                        return
                    self._obey(*order)

    def _obey(self, order: control.ToZygote, descriptors: list[int]) -> None:
        match order:
            case control.Fork(number):
                self._fork(number, descriptors)
            case control.Kill(number):
                self._kill(number)
            case control.Plan():
                _close(descriptors)

    def _fork(self, number: int, descriptors: list[int]) -> None:
        scratch = self._free.pop()
        parent = os.getpid()
        self._precedence.before_fork()
        pid = os.fork()
        if pid == 0:
            self._live(self._plan, scratch, parent, descriptors)
        self._precedence.after_fork()
        _close(descriptors)
        self._infants[pid] = _Infant(number, scratch)
        handles = [_folder(scratch), *_handle(pid)]
        control.send(self._end, control.Forked(number, pid, scratch, self._inherited), handles)
        _close(handles)

    def _kill(self, number: int) -> None:
        for pid, infant in self._infants.items():
            if infant.number == number:
                os.kill(pid, signal.SIGKILL)

    def _bury(self) -> None:
        """Reap all that died; a dead child's orphans die with it."""
        while self._infants:
            pid, status, usage = os.wait4(-1, os.WNOHANG)
            if pid == 0:
                return
            infant = self._infants.pop(pid, None)
            if infant is None:
                continue
            self._end_orphans()
            wipe(Path(infant.scratch))
            self._free.append(infant.scratch)
            signum = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
            code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0
            seconds = usage.ru_utime + usage.ru_stime
            peak = usage.ru_maxrss * 1024
            ended = control.Ended(infant.number, signum, code, seconds, peak)
            control.send(self._end, ended, [])

    def _end_orphans(self) -> None:
        """Kill what dead children left behind: it has the zygote as its parent by now."""
        while orphans := _children() - self._infants.keys():
            for pid in orphans:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)

    def _end_all(self) -> None:
        for pid in list(self._infants):
            os.kill(pid, signal.SIGKILL)
        for pid in list(self._infants):
            os.waitpid(pid, 0)
        self._infants.clear()
        self._end_orphans()
        for scratch in self._plan.scratch:
            wipe(Path(scratch))


def _children() -> set[int]:
    """The zygote's children; empty where the kernel does not list them."""
    try:
        listed = Path("/proc/thread-self/children").read_text()
    except OSError:
        return set()
    return {int(pid) for pid in listed.split()}


def _handle(pid: int) -> list[int]:
    """A pidfd, which can't come to mean another process.

    None where a container refuses the call, because its list of them is older than that.
    """
    try:
        return [os.pidfd_open(pid)]
    except OSError:
        return []


def _folder(path: str) -> int:
    """A handle on a folder that can be asked about and not be read."""
    return os.open(path, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)


def _close(descriptors: list[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)
