# /// attack
# group = "C5"
# says = "opens a socket for raw packets"
# probe = true
# ///
import socket


def attempt():
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW):
        return True
