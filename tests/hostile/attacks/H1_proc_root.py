# /// attack
# group = "H1"
# says = "reads a secret by way of /proc/self/root and /proc/self/cwd"
# probe = true
# through = ["process"]
# ///
def attempt():
    for way in ("/proc/self/root", "/proc/self/cwd/../../../../../../.."):
        try:
            return len(open(way + WORLD["secret"]).read()) > 0
        except OSError:
            continue
    return False
