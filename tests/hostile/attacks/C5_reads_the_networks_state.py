# /// attack
# group = "C5"
# says = "reads which connections, neighbours and routes the machine has"
# probe = true
# through = ["process"]
# ///
import os


def attempt():
    for place in ("self/net", f"self/task/{os.getpid()}/net", "net"):
        for name in ("tcp", "arp", "route", "dev"):
            try:
                return len(open(f"/proc/{place}/{name}").read()) > 0
            except OSError:
                continue
    return False
