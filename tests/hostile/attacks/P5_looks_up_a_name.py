# /// attack
# group = "P5"
# says = "carries data out in the name of a host that it looks up"
# probe = true
# depends = ["process"]
# ///
import socket


def attempt():
    return len(socket.getaddrinfo("localhost", 80)) > 0
