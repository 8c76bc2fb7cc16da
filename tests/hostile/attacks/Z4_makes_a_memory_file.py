# /// attack
# group = "Z4"
# says = "makes a file in memory, which no limit on memory counts"
# probe = true
# through = ["process"]
# ///
import os


def attempt():
    return os.memfd_create("mark") >= 0
