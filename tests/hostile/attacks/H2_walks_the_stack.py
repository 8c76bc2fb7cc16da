# /// attack
# group = "H2"
# says = "looks for expected values in the variables of all functions that are running"
# probe = true
# ///
import sys


def attempt():
    frame = sys._getframe()
    while frame is not None:
        for name in frame.f_locals:
            if any(word in name.lower() for word in ("want", "expect", "oracle", "toleran")):
                return True
        frame = frame.f_back
    return False
