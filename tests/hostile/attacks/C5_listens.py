# /// attack
# group = "C5"
# says = "listens for connections"
# probe = true
# through = ["process"]
# ///
import socket


def attempt():
    with socket.socket() as end:
        end.bind(("127.0.0.1", 0))
        end.listen()
        return True
