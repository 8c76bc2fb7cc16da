"""The few system calls that Python has no function for, through the C library."""

from __future__ import annotations

import ctypes
import os

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_KEEPCAPS = 8
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38

_CAPABILITY_VERSION_3 = 0x20080522
CAP_DAC_OVERRIDE = 1
CAP_DAC_READ_SEARCH = 2

# Effective, permitted, inheritable: the low words of the three, then the high ones.
_CapabilityData = ctypes.c_uint32 * 6

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def call(number: int, *arguments: object) -> int:
    """A raw system call. Raises OSError."""
    return _checked(_libc.syscall(ctypes.c_long(number), *arguments))


def prctl(option: int, value: int) -> None:
    """Set something of this process that takes one number. Raises OSError."""
    # Some options insist on zeros in the unused arguments, as long as a register each.
    zero = ctypes.c_ulong(0)
    _checked(_libc.prctl(option, ctypes.c_ulong(value), zero, zero, zero))


def prctl_pointer(option: int, kind: int, argument: object) -> None:
    """Set something of this process that is described in memory. Raises OSError."""
    _checked(_libc.prctl(option, ctypes.c_ulong(kind), argument))


def permitted_capabilities() -> frozenset[int]:
    """The capabilities that this process may put in force. Raises OSError."""
    data = _capabilities()
    bits = data[1] | data[4] << 32
    return frozenset(number for number in range(64) if bits >> number & 1)


def suspend_capabilities() -> None:
    """Put no capability in force for now, without giving any up. Raises OSError."""
    data = _capabilities()
    data[0] = data[3] = 0
    _checked(_libc.capset(_capability_header(), data))


def keep_capabilities(*kept: int) -> None:
    """Give up all capabilities but these, and put them in force. Raises OSError."""
    bits = sum(1 << number for number in kept)
    _checked(_libc.capset(_capability_header(), _CapabilityData(bits, bits, 0, 0, 0, 0)))


def _capabilities() -> ctypes.Array[ctypes.c_uint32]:
    data = _CapabilityData()
    _checked(_libc.capget(_capability_header(), data))
    return data


def _capability_header() -> ctypes.Array[ctypes.c_uint32]:
    return (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)


def _checked(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
