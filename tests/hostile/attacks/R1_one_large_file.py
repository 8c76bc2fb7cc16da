# /// attack
# group = "R1"
# says = "writes one file larger than a file may be"
# probe = true
# ///
import os
import signal


def attempt():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with open("large", "wb") as stream:
        os.truncate(stream.fileno(), 2**26)
        return True
