# /// attack
# group = "R2"
# says = "opens files and pipes until there are no more"
# probe = true
# ///
import os


def attempt():
    held = []
    try:
        while len(held) < 200:
            held += os.pipe()
    except OSError:
        pass
    for descriptor in held:
        os.close(descriptor)
    return len(held) >= 100
