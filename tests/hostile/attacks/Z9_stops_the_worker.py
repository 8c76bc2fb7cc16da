# /// attack
# group = "Z9"
# says = "stops the worker, so that no later submission is graded"
# probe = true
# untried = ["process"]
# ///
import os
import signal


def attempt():
    os.kill(os.getppid(), signal.SIGSTOP)
    return True
