# /// attack
# group = "R1"
# says = "takes memory that is shared, which the limit on data does not count"
# probe = true
# through = ["process"]
# ///
import mmap


def attempt():
    return len(mmap.mmap(-1, 2**30)) > 0
