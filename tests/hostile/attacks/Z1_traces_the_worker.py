# /// attack
# group = "Z1"
# says = "attaches to the worker as a debugger does"
# probe = true
# ///
import ctypes
import os


def attempt():
    ptrace = ctypes.CDLL(None).ptrace
    ptrace.argtypes = [ctypes.c_long] * 4
    seize = 0x4206
    return ptrace(seize, os.getppid(), 0, 0) == 0
