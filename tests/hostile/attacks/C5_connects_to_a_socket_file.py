# /// attack
# group = "C5"
# says = "connects to a socket in the file system"
# probe = true
# through = ["process"]
# ///
import socket


def attempt():
    with socket.socket(socket.AF_UNIX) as end:
        end.connect(WORLD["socket"])
        return True
