# /// attack
# group = "R7"
# says = "raises its own limits"
# probe = true
# ///
import resource


def attempt():
    for name in ("RLIMIT_DATA", "RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_NOFILE"):
        number = getattr(resource, name)
        try:
            resource.setrlimit(number, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            return name
        except (OSError, ValueError):
            continue
    return False
