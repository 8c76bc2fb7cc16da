# /// attack
# group = "R13"
# says = "answers one byte at a time, so that the judge waits for ever"
# expected.my_huber_loss = "timeout"
# ///
import os
import time


def my_huber_loss(y_true, y_pred):
    os.write(4, b"\0\x01\0\0")
    while True:
        os.write(4, b"\x81")
        time.sleep(0.2)
