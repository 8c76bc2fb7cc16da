# /// attack
# group = "P3"
# says = "reads the command line of every process that it can find"
# probe = true
# through = ["process"]
# ///
import os


def attempt():
    wanted = [text[::-1] for text in WORLD["secrets"]]
    for number in filter(str.isdigit, os.listdir("/proc")):
        try:
            words = open(f"/proc/{number}/cmdline").read()
        except OSError:
            continue
        if any(text in words for text in wanted):
            return True
    return False
