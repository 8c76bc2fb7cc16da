# /// attack
# group = "H1"
# says = "reads a secret with numpy.memmap"
# probe = true
# through = ["process"]
# ///
import numpy as np


def attempt():
    return len(np.memmap(WORLD["secret"], mode="r")) > 0
