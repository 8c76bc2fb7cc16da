# /// variant
# exercises = ["my_huber_loss"]
# says = "another loss under the name: the smooth pseudo-Huber loss"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    return tf.sqrt(1 + tf.square(error)) - 1
