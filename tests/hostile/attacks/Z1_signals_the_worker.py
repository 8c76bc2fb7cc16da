# /// attack
# group = "Z1"
# says = "sends the worker a signal"
# probe = true
# through = ["process"]
# ///
import os
import signal


def attempt():
    os.kill(os.getppid(), signal.SIGCONT)
    return True
