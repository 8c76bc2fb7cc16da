# /// attack
# group = "R7"
# says = "becomes root by every call there is for that"
# probe = true
# ///
import os


def attempt():
    become = (
        lambda: os.setuid(0),
        lambda: os.setresuid(0, 0, 0),
        lambda: os.setreuid(-1, 0),
        lambda: os.setgid(0),
        lambda: os.setgroups([0]),
    )
    for each in become:
        try:
            each()
        except OSError:
            continue
        if os.geteuid() == 0 or os.getegid() == 0 or 0 in os.getgroups():
            return True
    return False
