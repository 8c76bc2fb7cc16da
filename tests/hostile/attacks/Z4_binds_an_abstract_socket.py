# /// attack
# group = "Z4"
# says = "binds a socket without a file, for the next submission to find"
# probe = true
# through = ["process"]
# ///
import socket


def attempt():
    with socket.socket(socket.AF_UNIX) as end:
        end.bind("\0" + WORLD["mark"])
        return True
