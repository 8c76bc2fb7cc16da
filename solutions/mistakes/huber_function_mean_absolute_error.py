# /// variant
# exercises = ["my_huber_loss"]
# says = "another loss under the name: the absolute error"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    return tf.abs(y_true - y_pred)
