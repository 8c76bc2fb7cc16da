# /// attack
# group = "I9"
# says = "types a command into the terminal that the grader was started from"
# probe = true
# ///
import fcntl
import os
import termios


def attempt():
    typed = []
    for descriptor in range(5):
        try:
            fcntl.ioctl(descriptor, termios.TIOCSTI, b"x")
            typed.append(descriptor)
        except OSError:
            continue
    try:
        typed.append(os.open("/dev/tty", os.O_RDWR))
    except OSError:
        pass
    return typed
