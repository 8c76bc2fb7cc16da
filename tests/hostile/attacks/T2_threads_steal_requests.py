# /// attack
# group = "T2"
# says = "leaves a thread that reads the judge's requests away"
# expected.my_huber_loss = "not passed"
# ///
import os
import threading


def steal():
    while os.read(3, 65536):
        pass
    os._exit(0)


def my_huber_loss(y_true, y_pred):
    threading.Thread(target=steal, daemon=True).start()
    os._exit(0)
