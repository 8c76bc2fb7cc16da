# /// variant
# exercises = ["my_huber_loss"]
# says = "calls itself without end"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def small(y_true, y_pred):
    return my_huber_loss(y_true, y_pred) / 2

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    return tf.where(tf.abs(error) <= 1, small(y_true, y_pred), tf.abs(error) - 0.5)
