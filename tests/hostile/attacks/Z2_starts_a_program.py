# /// attack
# group = "Z2"
# says = "starts a program"
# probe = true
# through = ["process"]
# ///
import os
import sys


def attempt():
    program = os.path.realpath(f"/proc/{os.getpid()}/exe")
    pid = os.posix_spawn(program, [program, "-S", "-c", ""], {})
    return os.waitpid(pid, 0)[1] == 0
