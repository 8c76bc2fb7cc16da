# /// attack
# group = "H3"
# says = "opens the worker's memory for writing"
# probe = true
# ///
import os


def attempt():
    with open(f"/proc/{os.getppid()}/mem", "r+b", buffering=0):
        return True
