# /// attack
# group = "R8"
# says = "asks the kernel through io_uring, performance events and page faults of its own"
# probe = true
# depends = ["process"]
# ///
import ctypes
import platform


def attempt():
    libc = ctypes.CDLL(None)
    events, faults = (298, 323) if platform.machine() == "x86_64" else (241, 282)
    made = (
        libc.syscall(425, 8, ctypes.create_string_buffer(256)),
        libc.syscall(events, ctypes.create_string_buffer(b"\0\0\0\0\x80", 128), 0, -1, -1, 0),
        libc.syscall(faults, 0),
    )
    return max(made) >= 0
