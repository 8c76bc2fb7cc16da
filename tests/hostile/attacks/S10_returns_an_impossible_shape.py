# /// attack
# group = "S10"
# says = "returns an empty tensor that says to have a thousand million rows"
# expected.my_huber_loss = "failed"
# ///
import numpy as np


def my_huber_loss(y_true, y_pred):
    return np.zeros((2**30, 0, 2**30), "float32")
