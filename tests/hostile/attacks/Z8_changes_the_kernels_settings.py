# /// attack
# group = "Z8"
# says = "tells the kernel to run a program at the next crash, as root"
# probe = true
# ///
def attempt():
    opened = []
    for path in ("/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/proc/sys/vm/drop_caches"):
        try:
            opened.append(open(path, "w"))
        except OSError:
            continue
    return opened
