# /// attack
# group = "Z1"
# says = "has the kernel send a signal for it, as the owner of a pipe"
# probe = true
# through = ["process"]
# ///
import fcntl
import os


def attempt():
    reading, writing = os.pipe()
    fcntl.fcntl(reading, fcntl.F_SETOWN, os.getppid())
    return fcntl.fcntl(reading, fcntl.F_GETOWN) == os.getppid()
