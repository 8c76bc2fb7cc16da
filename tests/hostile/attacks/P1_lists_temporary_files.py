# /// attack
# group = "P1"
# says = "lists the machine's folder for temporary files"
# probe = true
# through = ["process"]
# ///
import os


def attempt():
    return os.path.basename(WORLD["folder"]) in os.listdir("/tmp")
