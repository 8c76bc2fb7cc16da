# /// attack
# group = "C5"
# says = "connects to a socket that has no file"
# probe = true
# through = ["process"]
# ///
import socket


def attempt():
    with socket.socket(socket.AF_UNIX) as end:
        end.connect(WORLD["abstract"])
        return True
