# /// attack
# group = "H3"
# says = "lists the worker's descriptors, where its socket to the judge is"
# probe = true
# depends = ["process"]
# ///
import os


def attempt():
    return len(os.listdir(f"/proc/{os.getppid()}/fd")) > 0
