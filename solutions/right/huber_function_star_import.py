# /// variant
# exercises = ["my_huber_loss"]
# says = "names that come from a star import"
# ///
from tensorflow import *
from tensorflow.math import *

def my_huber_loss(y_true, y_pred):
    err = y_true - y_pred
    return where(abs(err) <= 1, square(err) / 2, abs(err) - 0.5)
