# /// variant
# exercises = ["my_huber_loss"]
# says = "y_pred is squeezed, y_true is not: (n, 1) against (n,) makes a table of (n, n)"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    y_pred = tf.squeeze(y_pred)
    error = y_true - y_pred
    return tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
