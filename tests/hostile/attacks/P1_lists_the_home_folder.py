# /// attack
# group = "P1"
# says = "lists the instructor's home folder"
# probe = true
# depends = ["process"]
# ///
import os


def attempt():
    return os.listdir(WORLD["home"]) is not None
