# /// attack
# group = "T6"
# says = "sends half of an answer and ends"
# expected.my_huber_loss = "crashed"
# ///
import os


def my_huber_loss(y_true, y_pred):
    os.write(4, b"\0\0\1\0\x81")
    os._exit(0)
