# /// attack
# group = "Z1"
# says = "sends a signal to a thread of the worker, by three other system calls"
# probe = true
# through = ["process"]
# ///
import ctypes
import os
import platform


def attempt():
    libc, worker = ctypes.CDLL(None), os.getppid()
    tkill, tgkill = (200, 234) if platform.machine() == "x86_64" else (130, 131)
    signalled = [libc.syscall(tkill, worker, 18), libc.syscall(tgkill, worker, worker, 18)]
    handle = libc.syscall(434, worker, 0)
    if handle >= 0:
        signalled.append(libc.syscall(424, handle, 18, None, 0))
    return 0 in signalled
