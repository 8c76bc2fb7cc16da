# /// attack
# group = "R7"
# says = "makes itself open to other processes of its user"
# probe = true
# through = ["process"]
# ///
import ctypes


def attempt():
    dumpable = 4
    return ctypes.CDLL(None).prctl(dumpable, 1, 0, 0, 0) == 0
