"""Runs a command as a container with an old list of system calls does: some answer EPERM.

python -m tests.sandbox.old_container 434,439 command ...
"""

from __future__ import annotations

import ctypes
import os
import sys

from grader.worker.walls import kernel, seccomp
from grader.worker.walls.seccomp import ALLOW, JUMP_EQUAL, LOAD, REFUSE, RETURN


def refuse(numbers: list[int]) -> None:
    """Refuse these system calls to this process and all that it starts."""
    filter_ = [(LOAD, 0, 0, 0)]
    for number in numbers:
        filter_ += [(JUMP_EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE)]
    filter_.append((RETURN, 0, 0, ALLOW))
    code = b"".join(seccomp._INSTRUCTION.pack(*instruction) for instruction in filter_)
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    program = seccomp._Program(len(filter_), code)
    kernel.prctl_pointer(seccomp._PR_SET_SECCOMP, seccomp._FILTER, ctypes.byref(program))


if __name__ == "__main__":
    refuse([int(number) for number in sys.argv[1].split(",")])
    os.execv(sys.argv[2], sys.argv[2:])
