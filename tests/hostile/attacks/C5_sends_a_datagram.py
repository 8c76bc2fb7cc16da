# /// attack
# group = "C5"
# says = "sends a datagram"
# probe = true
# through = ["process"]
# ///
import socket


def attempt():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
        return end.sendto(b"hidden", ("127.0.0.1", WORLD["port"])) > 0
