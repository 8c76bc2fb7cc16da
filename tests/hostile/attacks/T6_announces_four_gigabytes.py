# /// attack
# group = "T6"
# says = "announces an answer of four gigabytes"
# expected.my_huber_loss = "crashed"
# message = "channel"
# ///
import os


def my_huber_loss(y_true, y_pred):
    os.write(4, b"\xff\xff\xff\xff")
    return 0 * y_pred
