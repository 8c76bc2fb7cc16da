# /// attack
# group = "R3"
# says = "recurses as deep as it can, with no limit on that"
# expected.my_huber_loss = "not passed"
# ///
import sys


def my_huber_loss(y_true, y_pred):
    sys.setrecursionlimit(2**30)
    return my_huber_loss(y_true, y_pred)
