# /// attack
# group = "T1"
# says = "throws all modules away"
# expected.my_huber_loss = "not passed"
# ///
import sys


def my_huber_loss(y_true, y_pred):
    sys.modules.clear()
    sys.path.clear()
    sys.meta_path.clear()
    return y_true
