# /// attack
# group = "H3"
# says = "reads the environment of the worker"
# probe = true
# ///
import os


def attempt():
    return len(open(f"/proc/{os.getppid()}/environ", "rb").read()) > 0
