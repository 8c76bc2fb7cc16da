# /// attack
# group = "S1"
# says = "ends its process with code 0 in place of an answer"
# expected.my_huber_loss = "crashed"
# message = "ended the process"
# ///
import os


def my_huber_loss(y_true, y_pred):
    os._exit(0)
