# /// variant
# exercises = ["my_huber_loss"]
# says = "another loss under the name: log-cosh"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    return tf.math.log(tf.math.cosh(y_pred - y_true))
