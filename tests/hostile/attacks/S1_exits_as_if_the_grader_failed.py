# /// attack
# group = "S1"
# says = "exits with the code by which a child says that it could not be shut in"
# expected.my_huber_loss = "crashed"
# ///
import os


def my_huber_loss(y_true, y_pred):
    os._exit(72)
