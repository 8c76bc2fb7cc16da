# /// attack
# group = "Z2"
# says = "starts a process with the newest of the system calls for that"
# probe = true
# through = ["process"]
# ///
import ctypes
import os


def attempt():
    arguments = (ctypes.c_uint64 * 8)()
    arguments[4] = 17  # what to send at its end: SIGCHLD
    pid = ctypes.CDLL(None).syscall(435, arguments, ctypes.sizeof(arguments))
    if pid == 0:
        os._exit(0)
    return pid > 0
