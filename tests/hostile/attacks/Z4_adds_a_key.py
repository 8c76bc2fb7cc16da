# /// attack
# group = "Z4"
# says = "puts a key into a keyring of the kernel's"
# probe = true
# through = ["process"]
# ///
import ctypes
import platform


def attempt():
    add_key = 248 if platform.machine() == "x86_64" else 217
    own_process = -2
    return ctypes.CDLL(None).syscall(add_key, b"user", b"mark", b"x", 1, own_process) > 0
