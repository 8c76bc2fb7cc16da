# /// attack
# group = "R4"
# says = "answers for ever"
# expected.my_huber_loss = "crashed"
# ///
import os


def my_huber_loss(y_true, y_pred):
    while True:
        os.write(4, b"\0\x01\0\0" + b"x" * 2**16)
