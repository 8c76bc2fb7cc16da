"""The system-call filter of a child: a list of what is allowed, all else refused.

Written here rather than taken from libseccomp: its binding needs a shared library that
slim images lack and that can't be loaded inside the wall, while the filter is a table and
a hundred lines, and is tested instruction by instruction for both machines. The other
direction, a list of what is forbidden, would let through each call that a newer kernel adds.

A refused call fails with EPERM, so that a library that only tries something goes on. A call
made in the numbering of another machine (32-bit, x32) kills the process: no honest program
does that here.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from . import kernel
from .system_calls import ALLOWED, MACHINES, RESTRICTED

EPERM, ENOSYS = 1, 38
ALLOW = 0x7FFF0000
KILL = 0x80000000
REFUSE = 0x00050000 | EPERM
ABSENT = 0x00050000 | ENOSYS

_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32_BIT = 0x40000000
_NR, _ARCH, _ARGUMENTS = 0, 4, 16

# The machine of the filter: load a word, jump, return.
LOAD, JUMP_EQUAL, JUMP_GREATER_EQUAL, JUMP_SET, AND, RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_INSTRUCTION = struct.Struct("HBBI")

_PR_SET_SECCOMP, _FILTER = 22, 2

CLONE_THREAD = 0x10000
_MAP_SHARED, _MAP_SHARED_VALIDATE, _MAP_ANONYMOUS = 0x01, 0x03, 0x20
_MAP_SHARING = 0x0F

# ioctl: is it a terminal, how big is its window, bytes waiting, close on exec, blocking.
_IOCTLS = (0x5401, 0x5413, 0x541B, 0x5451, 0x5450, 0x5421)
# fcntl: duplicate, descriptor and status flags, and the locks of a file.
_FCNTLS = (0, 1, 2, 3, 4, 5, 6, 7, 1030)
# prctl: a thread's name, read and set, and names for memory regions.
_PRCTLS = (15, 16, 0x53564D41)

Instruction = tuple[int, int, int, int]


@dataclass(frozen=True)
class _Argument:
    """The low word of one argument; all that is compared here fits into it."""

    index: int

    @property
    def load(self) -> Instruction:
        # Both machines are little endian: the low word comes first.
        return (LOAD, 0, 0, _ARGUMENTS + 8 * self.index)

    @property
    def load_high(self) -> Instruction:
        return (LOAD, 0, 0, _ARGUMENTS + 8 * self.index + 4)


def program(machine: str, own_pid: int) -> tuple[Instruction, ...]:
    """The filter for this machine and the process with this number."""
    if machine not in MACHINES:
        raise OSError(ENOSYS, f"there is no table of system calls for {machine}")
    column = MACHINES.index(machine)
    made: list[Instruction] = [
        (LOAD, 0, 0, _ARCH),
        (JUMP_EQUAL, 1, 0, _AUDIT_ARCH[machine]),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, _NR),
    ]
    if machine == "x86_64":
        made += [(JUMP_GREATER_EQUAL, 0, 1, _X32_BIT), (RETURN, 0, 0, KILL)]
    for numbers in ALLOWED.values():
        number = numbers[column]
        if number is not None:
            made += [(JUMP_EQUAL, 0, 1, number), (RETURN, 0, 0, ALLOW)]
    for name, block in _blocks(own_pid):
        made += [(JUMP_EQUAL, 0, len(block), RESTRICTED[name][column]), *block]
    made.append((RETURN, 0, 0, REFUSE))
    return tuple(made)


def _blocks(own_pid: int) -> Iterator[tuple[str, list[Instruction]]]:
    """For each restricted call the instructions that decide about it."""
    yield "clone", _when_set(_Argument(0), CLONE_THREAD)
    # Its flags lie in memory, where a filter can't look; the C library then uses clone.
    yield "clone3", [(RETURN, 0, 0, ABSENT)]
    for name in ("kill", "tgkill"):
        yield name, _when_one_of(_Argument(0), (own_pid,))
    yield "prlimit64", _when_one_of(_Argument(0), (0, own_pid))
    yield "prctl", _when_one_of(_Argument(0), _PRCTLS)
    yield "ioctl", _when_one_of(_Argument(1), _IOCTLS)
    yield "fcntl", _when_one_of(_Argument(1), _FCNTLS)
    yield "mmap", _unless_shared_memory(_Argument(3))


def _when_one_of(argument: _Argument, values: tuple[int, ...]) -> list[Instruction]:
    """Allow these values only."""
    tests = [(JUMP_EQUAL, len(values) - place, 0, value) for place, value in enumerate(values)]
    return [argument.load, *tests, (RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]


def _when_set(argument: _Argument, bit: int) -> list[Instruction]:
    """Allow if the bit is set."""
    return [argument.load, (JUMP_SET, 0, 1, bit), (RETURN, 0, 0, ALLOW), (RETURN, 0, 0, REFUSE)]


def _unless_shared_memory(flags: _Argument) -> list[Instruction]:
    """Refuse memory that is shared and has no file: the limits on memory don't count it."""
    return [
        flags.load,
        (JUMP_SET, 0, 4, _MAP_ANONYMOUS),
        (AND, 0, 0, _MAP_SHARING),
        (JUMP_EQUAL, 1, 0, _MAP_SHARED),
        (JUMP_EQUAL, 0, 1, _MAP_SHARED_VALIDATE),
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    ]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def shut_in() -> None:
    """Put the filter on this process for good. Raises OSError."""
    made = program(platform.machine(), os.getpid())
    code = b"".join(_INSTRUCTION.pack(*instruction) for instruction in made)
    kernel.prctl_pointer(_PR_SET_SECCOMP, _FILTER, ctypes.byref(_Program(len(made), code)))
