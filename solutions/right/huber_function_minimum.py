# /// variant
# exercises = ["my_huber_loss"]
# says = "no branch at all: the quadratic part is cut off by minimum"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    abs_error = tf.abs(y_true - y_pred)
    quadratic = tf.minimum(abs_error, 1.0)
    linear = abs_error - quadratic
    return 0.5 * quadratic ** 2 + linear
