# /// variant
# exercises = ["my_huber_loss"]
# says = "tf is imported nowhere"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import numpy as np

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    return tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
