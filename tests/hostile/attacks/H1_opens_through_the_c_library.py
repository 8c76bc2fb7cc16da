# /// attack
# group = "H1"
# says = "opens the reference solution with open(2), past Python"
# probe = true
# through = ["process"]
# ///
import ctypes


def attempt():
    path = WORLD["project"] + "/solutions/custom_losses.ipynb"
    return ctypes.CDLL(None).open(path.encode(), 0) >= 0
