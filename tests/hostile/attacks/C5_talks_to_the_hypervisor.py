# /// attack
# group = "C5"
# says = "opens a socket to the machine that this virtual machine runs on"
# probe = true
# depends = ["process"]
# ///
import socket


def attempt():
    with socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM):
        return True
