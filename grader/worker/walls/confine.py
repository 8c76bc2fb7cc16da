"""Shuts a process in: what the zygote gives up once, and each child after its fork.

The zygote (`settle`, then `narrow` once TensorFlow is imported) gives up root, new
privileges and the files it no longer needs. A child (`shut_in`) gives up the rest before it
sees a byte of a submission, in an order that matters: descriptors and limits first, because
the walls after them forbid changing them; the system-call filter last, because it forbids
what the other walls are built with.
"""

from __future__ import annotations

import os
import resource
import signal
import socket
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from ..control import Caps, Findings, Plan
from . import appetite, kernel, landlock, seccomp

JOB, RESULT = 3, 4


class Unfit(Exception):
    """The plan can't be carried out here; the text says what is in the way."""


def settle(plan: Plan) -> None:
    """Give up root and the way back to it. Raises Unfit."""
    if plan.user is not None:
        _give_up_root(plan, plan.user)
    if os.getuid() == 0 or os.geteuid() == 0:
        raise Unfit("the worker would run as root")
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    # Orphans of a child come to the zygote, which ends them.
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    # No process of the same user may trace the zygote or open its /proc files.
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    os.umask(0o077)
    use_scratch(plan.scratch[0])


def use_scratch(folder: str) -> None:
    """Make this folder the place for temporary files, the home and the current folder."""
    os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = folder
    # Matplotlib would make a folder below its home, and none can be made where the scratch is flat.
    os.environ["MPLCONFIGDIR"] = folder
    os.chdir(folder)


def _give_up_root(plan: Plan, user: int) -> None:
    kernel.prctl(kernel.PR_SET_KEEPCAPS, int(plan.keep_reading))
    try:
        os.setgroups([])
        # From root these set the saved ids too: there is no way back.
        os.setregid(user, user)
        os.setreuid(user, user)
        _give_up_capabilities(plan)
    except OSError as error:
        raise Unfit(f"root can't be given up ({error.strerror})") from None
    if unreadable := _unreadable(plan.read):
        raise Unfit(f"user {user}, which root becomes inside, can't read {unreadable[0]}")


def _give_up_capabilities(plan: Plan) -> None:
    if plan.keep_reading and not _readable_without_capabilities(plan):
        # Python in root's own home: reading is then all of root that stays. Containers may
        # grant only the power over all permissions; behind Landlock that is no more.
        keys = [kernel.CAP_DAC_READ_SEARCH]
        keys += [kernel.CAP_DAC_OVERRIDE] if plan.landlock else []
        held = kernel.permitted_capabilities()
        for key in keys:
            if key in held:
                kernel.keep_capabilities(key)
                return
    kernel.keep_capabilities()


def _readable_without_capabilities(plan: Plan) -> bool:
    """Whether the user that this process has become may read Python's files as it is."""
    kernel.suspend_capabilities()
    return not _unreadable(plan.read)


def _unreadable(trees: tuple[str, ...]) -> list[str]:
    """The trees that the user this process has become may not read."""
    # Opened, not asked about: the call that asks is one that old containers refuse.
    return [tree for tree in trees if not _possible(partial(_open, tree))]


def _open(path: str) -> None:
    os.close(os.open(path, os.O_RDONLY | os.O_CLOEXEC))


def narrow(plan: Plan) -> None:
    """Leave the zygote the files that its children need, and no more."""
    if plan.landlock:
        landlock.narrow(plan)


def take_descriptors(job: int, result: int, output: int) -> None:
    """Put the child's pipes in their places and close everything else."""
    high = [os.dup(end) if end <= RESULT else end for end in (job, result, output)]
    while min(high) <= RESULT:
        high = [os.dup(end) if end <= RESULT else end for end in high]
    os.dup2(high[2], 1)
    os.dup2(high[2], 2)
    os.dup2(high[0], JOB)
    os.dup2(high[1], RESULT)
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    os.closerange(RESULT + 1, soft)


def shut_in(plan: Plan, scratch: str, parent: int) -> None:
    """Shut this child in for good; `scratch` is the folder it may write to."""
    os.setsid()
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    use_scratch(scratch)
    _limit(plan.caps)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    if plan.landlock:
        landlock.shut_in(plan, scratch)
    if plan.seccomp:
        seccomp.shut_in()


def _limit(caps: Caps) -> None:
    # Soft below hard: the soft limit's signal says in the exit report what ran out.
    resource.setrlimit(resource.RLIMIT_CPU, (caps.cpu_seconds, caps.cpu_seconds + 1))
    space, data = _memory(caps)
    limits = {
        resource.RLIMIT_FSIZE: caps.file_size,
        resource.RLIMIT_NOFILE: caps.open_files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_AS: space,
        resource.RLIMIT_DATA: data,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: 64,
    }
    if caps.processes is not None:
        limits[resource.RLIMIT_NPROC] = caps.processes
    for name, value in limits.items():
        _, hard = resource.getrlimit(name)
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(name, (most, most))


def _memory(caps: Caps) -> tuple[int, int]:
    """The limits on address space and data: beyond what is inherited, not more than may grow.

    Data that is made read-only once it was written counts as address space alone.
    """
    holds = appetite.held()
    if holds is None:
        return caps.address_space, caps.data
    return (
        min(caps.address_space, holds.address_space + caps.growth + caps.slack),
        min(caps.data, holds.data + caps.growth),
    )


def look_around(plan: Plan) -> Findings:
    """What a child that is shut in can still do; asked of a trial child before any other."""
    status = _status()
    return Findings(
        user=os.getuid(),
        no_new_privs=int(status.get("NoNewPrivs", -1)),
        seccomp=int(status.get("Seccomp", -1)),
        canary_read=_possible(Path(plan.canary).read_bytes),
        hidden_read=any(_possible(Path(path).read_bytes) for path in plan.hidden),
        network=_possible(_connect),
        forked=_possible(_fork),
        wrote=_possible(lambda: Path(plan.scratch[-1], "outside").write_bytes(b"")),
    )


def _status() -> dict[str, str]:
    """The fields of /proc/self/status; empty where there is none."""
    try:
        text = Path("/proc/self/status").read_text()
    except OSError:
        return {}
    return {
        key: value.strip() for key, _, value in (line.partition(":") for line in text.splitlines())
    }


def _possible(attempt: Callable[[], object]) -> bool:
    """Whether the attempt goes through."""
    try:
        attempt()
    except OSError:
        return False
    return True


def _connect() -> None:
    # A refused connection would prove that there is a network; so does a bound socket.
    with socket.socket() as end:
        end.bind(("127.0.0.1", 0))


def _fork() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
