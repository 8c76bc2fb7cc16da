# /// attack
# group = "Z1"
# says = "kills the worker"
# probe = true
# untried = ["process"]
# ///
import os
import signal


def attempt():
    os.kill(os.getppid(), signal.SIGKILL)
    return True
