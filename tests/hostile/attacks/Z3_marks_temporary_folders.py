# /// attack
# group = "Z3"
# says = "leaves a file where any user may write"
# probe = true
# through = ["process"]
# ///
def attempt():
    for folder in ("/tmp", "/var/tmp", "/dev/shm"):
        try:
            with open(f"{folder}/{WORLD['mark']}", "w"):
                return True
        except OSError:
            continue
    return False
