# /// variant
# exercises = ["my_huber_loss"]
# says = "a third argument that has to be given"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred, threshold):
    error = y_true - y_pred
    return tf.where(tf.abs(error) <= threshold, tf.square(error) / 2, threshold * (tf.abs(error) - threshold / 2))
