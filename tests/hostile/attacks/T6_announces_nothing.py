# /// attack
# group = "T6"
# says = "announces an answer of no bytes"
# expected.my_huber_loss = "crashed"
# message = "channel"
# ///
import os


def my_huber_loss(y_true, y_pred):
    os.write(4, b"\0\0\0\0")
    return 0 * y_pred
