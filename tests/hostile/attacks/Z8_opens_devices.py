# /// attack
# group = "Z8"
# says = "opens memory, disks and terminals of the machine"
# probe = true
# depends = ["process"]
# ///
def attempt():
    opened = []
    for path in ("/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/vda", "/dev/tty", "/dev/console"):
        try:
            opened.append(open(path, "rb", buffering=0))
        except OSError:
            continue
    return opened
