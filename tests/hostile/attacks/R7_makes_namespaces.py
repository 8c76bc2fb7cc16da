# /// attack
# group = "R7"
# says = "makes namespaces of its own, where it is root"
# probe = true
# depends = ["process"]
# ///
import ctypes


def attempt():
    user, mount, network = 0x10000000, 0x00020000, 0x40000000
    libc = ctypes.CDLL(None)
    return libc.unshare(user | mount | network) == 0 or libc.unshare(user) == 0
