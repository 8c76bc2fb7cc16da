# /// attack
# group = "Z1"
# says = "changes the worker's priority"
# probe = true
# through = ["process"]
# ///
import os


def attempt():
    worker = os.getppid()
    os.setpriority(os.PRIO_PROCESS, worker, os.getpriority(os.PRIO_PROCESS, worker))
    return True
