# /// attack
# group = "Z1"
# says = "chooses the core that the worker runs on"
# probe = true
# through = ["process"]
# ///
import os


def attempt():
    os.sched_setaffinity(os.getppid(), os.sched_getaffinity(os.getppid()))
    return True
