# /// attack
# group = "P3"
# says = "reads what is mounted where, and which container this is"
# probe = true
# through = ["process"]
# ///
import os


def attempt():
    for name in ("mounts", "mountinfo", f"task/{os.getpid()}/mounts", "cgroup", "environ"):
        try:
            return len(open(f"/proc/self/{name}").read()) > 0
        except OSError:
            continue
    return False
