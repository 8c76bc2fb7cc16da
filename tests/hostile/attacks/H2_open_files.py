# /// attack
# group = "H2"
# says = "looks for files and sockets that its process has inherited"
# probe = true
# ///
import os
import re


def attempt():
    for name in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink("/proc/self/fd/" + name)
        except OSError:
            continue
        if not re.match(r"pipe:|/dev/(null|urandom)|anon_inode:|/proc/\d+/fd", target):
            return target
    return False
