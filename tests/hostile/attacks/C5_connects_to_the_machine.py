# /// attack
# group = "C5"
# says = "connects to a server on the machine"
# probe = true
# through = ["process"]
# ///
import socket


def attempt():
    with socket.create_connection(("127.0.0.1", WORLD["port"]), 1):
        return True
