# /// variant
# exercises = ["my_huber_loss"]
# says = "Python's if on a whole tensor of errors"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    if tf.abs(error) <= 1:
        return tf.square(error) / 2
    else:
        return tf.abs(error) - 0.5
