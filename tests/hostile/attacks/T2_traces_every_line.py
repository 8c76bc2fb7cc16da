# /// attack
# group = "T2"
# says = "installs functions that Python calls at every line, call and end"
# expected.my_huber_loss = "any"
# ///
import atexit
import sys
import threading


def fail(*args):
    raise SystemExit(0)


def my_huber_loss(y_true, y_pred):
    atexit.register(fail)
    sys.addaudithook(lambda *args: None)
    sys.unraisablehook = sys.excepthook = threading.excepthook = fail
    threading.settrace(fail)
    sys.setprofile(fail)
    sys.settrace(fail)
    return y_true
