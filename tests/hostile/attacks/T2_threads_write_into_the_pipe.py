# /// attack
# group = "T2"
# says = "leaves a thread that writes into the result pipe for ever"
# expected.my_huber_loss = "not passed"
# ///
import os
import threading
import time


def disturb():
    while True:
        os.write(4, b"\0\0\0\1\xff")
        time.sleep(0.001)


def my_huber_loss(y_true, y_pred):
    threading.Thread(target=disturb, daemon=True).start()
    time.sleep(0.05)
    return 0 * y_pred
