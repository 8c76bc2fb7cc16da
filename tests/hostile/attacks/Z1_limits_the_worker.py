# /// attack
# group = "Z1"
# says = "changes the worker's limits"
# probe = true
# through = ["process"]
# ///
import os
import resource


def attempt():
    soft, hard = resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)
    resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (soft, hard))
    return True
