# /// attack
# group = "Z5"
# says = "closes all its descriptors"
# expected.my_huber_loss = "crashed"
# ///
import os


def my_huber_loss(y_true, y_pred):
    os.closerange(0, 64)
    return y_true
