# /// attack
# group = "Z1"
# says = "sends the judge a signal"
# probe = true
# depends = ["process"]
# ///
import os
import signal


def attempt():
    os.kill(WORLD["judge"], signal.SIGCONT)
    return True
