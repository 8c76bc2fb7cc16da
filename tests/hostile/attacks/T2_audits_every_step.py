# /// attack
# group = "T2"
# says = "forbids the interpreter everything, by an audit hook that can't be removed"
# expected.my_huber_loss = "not passed"
# ///
import sys


def forbid(*args):
    raise SystemExit(0)


def my_huber_loss(y_true, y_pred):
    sys.addaudithook(forbid)
    open("x")
