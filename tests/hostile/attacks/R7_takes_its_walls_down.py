# /// attack
# group = "R7"
# says = "switches off its system-call filter and its promise of no new privileges"
# probe = true
# ///
import ctypes


def attempt():
    libc = ctypes.CDLL(None)
    no_new_privileges, seccomp = 38, 22
    return 0 in (libc.prctl(no_new_privileges, 0, 0, 0, 0), libc.prctl(seccomp, 0, 0, 0, 0))
