# /// attack
# group = "Z1"
# says = "reads the worker's memory with process_vm_readv"
# probe = true
# ///
import ctypes
import os


class Span(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]


def attempt():
    libc = ctypes.CDLL(None)
    # The worker was forked: what lies here in this process lies there in that one.
    here = ctypes.create_string_buffer(16)
    local, remote = Span(ctypes.addressof(here), 16), Span(id(os), 16)
    read = libc.process_vm_readv(os.getppid(), ctypes.byref(local), 1, ctypes.byref(remote), 1, 0)
    return read == 16
