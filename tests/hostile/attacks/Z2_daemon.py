# /// attack
# group = "Z2"
# says = "leaves a daemon behind"
# probe = true
# through = ["process"]
# ///
import os
import time


def attempt():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(1000)
        os._exit(0)
    return True
