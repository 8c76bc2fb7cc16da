# /// attack
# group = "Z1"
# says = "kills every process that it may"
# probe = true
# untried = ["process"]
# ///
import os
import signal


def attempt():
    os.kill(-1, signal.SIGKILL)
    return True
