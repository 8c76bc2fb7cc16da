# /// attack
# group = "R11"
# says = "ends so that the kernel would write all its memory into a file"
# expected.my_huber_loss = "crashed"
# message = "The process that ran it died"
# ///
import os


def my_huber_loss(y_true, y_pred):
    os.abort()
