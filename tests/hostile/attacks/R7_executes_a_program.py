# /// attack
# group = "R7"
# says = "becomes another program"
# probe = true
# through = ["process"]
# ///
import os


def attempt():
    program = os.path.realpath(f"/proc/{os.getpid()}/exe")
    os.execv(program, [program, "-S", "-c", "print('another')"])
