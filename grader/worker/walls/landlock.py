"""Landlock: which files a process and its children may ever open again, and the network.

Two layers, and both must allow a thing. The first is put on the zygote once TensorFlow is
imported: the trees of Python without what is hidden in them, /proc, and the scratch folders.
The second is put on each child: the same trees in a few rules, its own scratch folder, and
of /proc a few files of its own part: beside them stand those that tell of the machine, its
network and its mounts. So the costly subtraction is done once, not per child.

Landlock does not cover changes of mode, owner and time, or what can be learnt by `stat`; the
system-call filter refuses the former.

Written over ctypes: the binding on the package index is an early version, and this is three
system calls.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from ..control import Plan
from . import kernel

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG = 1
_PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = (1 << bit for bit in range(6))
MAKE_DIR, MAKE_REG = 1 << 7, 1 << 8
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15

READ = READ_FILE | READ_DIR
# A child's scratch folder stays flat: it is weighed while the child runs, and emptied after.
KEEP = READ | WRITE_FILE | TRUNCATE | MAKE_REG | REMOVE_FILE
_FOR_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV

# What each version of the kernel's interface can restrict: files, TCP, signals and sockets.
_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_ALL_FILE_RIGHTS = (1 << 16) - 1
_TCP_RIGHTS = 3  # bind, connect; from version 4
_SCOPES = 3  # abstract sockets and signals to outside; from version 6

# Besides Python's own trees. Nothing of the instructor's is in them.
_SYSTEM = (
    "/usr/lib",
    "/usr/lib64",
    "/lib",
    "/lib64",
    "/etc/ld.so.cache",
    "/dev/urandom",
    "/dev/random",
)


# What a process may know of itself: Python, the C library and TensorFlow ask for these.
_OF_ITSELF = tuple(
    f"/proc/self/{name}" for name in ("cmdline", "fd", "maps", "stat", "statm", "status")
)


class _RulesetAttributes(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def version() -> int:
    """The version of the kernel's interface. Raises OSError where there is none."""
    return kernel.call(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION_FLAG)


def narrow(plan: Plan) -> None:
    """The first layer. Raises OSError."""
    ruleset = _Ruleset()
    hidden = [Path(path) for path in plan.hidden]
    for tree in (*plan.read, *_SYSTEM):
        # Importing lists folders; the names alone of what is hidden are no secret.
        ruleset.allow(tree, READ_DIR)
        for part in without(Path(tree), hidden):
            ruleset.allow(part, READ)
    ruleset.allow("/proc", READ)
    ruleset.allow("/dev/null", READ | WRITE_FILE)
    for scratch in plan.scratch:
        ruleset.allow(scratch, KEEP | MAKE_DIR | REMOVE_DIR | REFER)
    ruleset.enforce()


def shut_in(plan: Plan, scratch: str) -> None:
    """The second layer. Raises OSError."""
    ruleset = _Ruleset()
    for tree in (*plan.read, *_SYSTEM, *_OF_ITSELF):
        ruleset.allow(tree, READ)
    ruleset.allow("/dev/null", READ | WRITE_FILE)
    ruleset.allow(scratch, KEEP)
    ruleset.enforce()


def without(tree: Path, hidden: Iterable[Path]) -> list[Path]:
    """The fewest paths that cover `tree` except what is hidden below it.

    Folders on the way down to something hidden are replaced by what is in them.
    """
    below = [path for path in hidden if tree in path.parents]
    if not below:
        return [tree]
    return [
        part
        for entry in sorted(tree.iterdir())
        if entry not in below
        for part in without(entry, below)
    ]


class _Ruleset:
    """What will be allowed; everything else will not."""

    def __init__(self) -> None:
        edition = version()
        self._handled = _FILE_RIGHTS.get(edition, _ALL_FILE_RIGHTS)
        attributes = _RulesetAttributes(
            self._handled,
            _TCP_RIGHTS if edition >= 4 else 0,
            _SCOPES if edition >= 6 else 0,
        )
        # Older kernels refuse fields that they do not know.
        size = 24 if edition >= 6 else 16 if edition >= 4 else 8
        self._descriptor = kernel.call(
            _CREATE_RULESET, ctypes.byref(attributes), ctypes.c_size_t(size), 0
        )

    def allow(self, path: str | Path, rights: int) -> None:
        """Allow these rights on the file, or below the folder; nothing if it does not exist."""
        try:
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except FileNotFoundError:
            return
        try:
            if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
                rights &= _FOR_FILES
            if rights:
                rule = _PathBeneath(rights & self._handled, descriptor)
                kernel.call(_ADD_RULE, self._descriptor, _PATH_BENEATH, ctypes.byref(rule), 0)
        finally:
            os.close(descriptor)

    def enforce(self) -> None:
        """Restrict this process, and all it forks, for good."""
        kernel.call(_RESTRICT_SELF, self._descriptor, 0)
        os.close(self._descriptor)
