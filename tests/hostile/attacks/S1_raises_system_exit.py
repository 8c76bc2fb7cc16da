# /// attack
# group = "S1"
# says = "leaves with sys.exit(0) in place of an answer"
# expected.my_huber_loss = "failed"
# message = "SystemExit"
# ///
import sys


def my_huber_loss(y_true, y_pred):
    sys.exit(0)
