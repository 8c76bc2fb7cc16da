"""The wall of namespaces: the command that starts a worker inside bubblewrap.

What each process may do in the tier `bubblewrap`, from the outside in:

    judge       trusted. Holds hidden tests, expected values, points, reports. Reads from
                inside only frames whose size it has checked, and pipes it empties at leisure.
      |  control socket: plan and descriptors in; pidfds and exit reports out
    zygote      TensorFlow imported, no operation run, no student's code, no submission.
                Sees read-only: Python, its packages, system libraries, the worker's own folder.
                Writes: scratch folders in memory, of a fixed size. No network; its own
                numbering of processes; a user id that is never the kernel's 0; no way back.
      |  fork
    child       one submission, then death. Of what the zygote sees: the same trees without
                the built-in losses, its own scratch folder, its own part of /proc. No new
                process, program, socket, signal or trace. It talks through three pipes to the
                judge: requests in, replies and prints out.

In the tier `landlock` the zygote starts without bubblewrap: the rules for the child are the
same, held by Landlock and the system-call filter, but names and sizes of files outside can be
asked for, and scratch folders lie on the disk. In the tier `process` the child has
limits and a process of its own, and nothing else.

A child gets no namespaces of its own. They would cost 10 ms each and a process more, and each
thing they stop is stopped already: nothing can be started that would have to be killed, each
scratch folder is a file system of its own, and Landlock covers files and signals.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.worker.control import MAX_CHILDREN

WORKER = "/worker"
SCRATCH = tuple(f"/scratch/{number}" for number in range(MAX_CHILDREN))
SCRATCH_BYTES = 32 * 2**20

# System libraries, and what the loader needs to find them.
_SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache")
_DEVICES = ("/dev/null", "/dev/urandom", "/dev/random")


@dataclass(frozen=True)
class Box:
    """What is visible inside.

    worker: the worker's folder, shown as /worker. trees: shown where they are.
    masked: files and folders in them that are shown empty. root: whether root starts it; the worker
    then gives up root itself, because inside a user namespace made by root it would stay
    root for the kernel and could, say, write to /proc/sys/kernel/core_pattern.
    """

    worker: Path
    trees: tuple[str, ...]
    masked: tuple[Path, ...]
    root: bool

    def argv(self) -> tuple[str, ...]:
        """The command up to the program to run. Raises FileNotFoundError."""
        program = shutil.which("bwrap")
        if program is None:
            raise FileNotFoundError("the program bwrap is not installed")
        return (program, *self._namespaces(), *self._files(), "--chdir", "/", "--")

    def _namespaces(self) -> Iterator[str]:
        for kind in ("ipc", "pid", "net", "uts", "cgroup-try"):
            yield f"--unshare-{kind}"
        yield from ("--hostname", "grader", "--new-session", "--cap-drop", "ALL")
        if self.root:
            yield from ("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID")
        else:
            yield "--unshare-user"

    def _files(self) -> Iterator[str]:
        places: dict[str, tuple[str, str]] = {}
        for path in _SYSTEM:
            if Path(path).is_symlink():
                places[path] = ("--symlink", str(Path(path).readlink()))
            elif Path(path).exists():
                places[path] = ("--ro-bind", path)
        for tree in self.trees:
            places[tree] = ("--ro-bind", tree)
        places[WORKER] = ("--ro-bind", str(self.worker))
        for device in _DEVICES:
            places[device] = ("--dev-bind", device)
        # Bubblewrap makes missing parents for root alone; the worker has to pass through.
        parents = {str(parent) for path in (*places, *SCRATCH) for parent in Path(path).parents}
        for parent in sorted(parents - places.keys() - {"/"}):
            if not any(Path(tree) in Path(parent).parents for tree in places):
                yield from ("--perms", "0755", "--dir", parent)
        # An outer tree first, so that it does not cover an inner one.
        for path in sorted(places):
            option, source = places[path]
            yield from (option, source, path)
        for masked in self.masked:
            if masked.is_dir():
                yield from ("--tmpfs", str(masked))
            else:
                yield from ("--ro-bind", "/dev/null", str(masked))
        yield from ("--proc", "/proc")
        for scratch in SCRATCH:
            yield from ("--perms", "0777", "--size", str(SCRATCH_BYTES), "--tmpfs", scratch)
        yield from ("--remount-ro", "/")
