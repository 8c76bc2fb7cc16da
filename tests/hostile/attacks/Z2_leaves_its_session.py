# /// attack
# group = "Z2"
# says = "leaves its session and its group of processes"
# probe = true
# ///
import os


def attempt():
    os.setsid()
    return True
