# /// attack
# group = "C5"
# says = "asks the kernel for the machine's network addresses"
# probe = true
# through = ["process"]
# ///
import socket


def attempt():
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0):
        return True
