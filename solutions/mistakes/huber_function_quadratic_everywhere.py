# /// variant
# exercises = ["my_huber_loss"]
# says = "half the squared error everywhere, the threshold is never used"
# fails = ["large_errors"]
# diagnosis = "quadratic-everywhere"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    threshold = 1
    error = y_true - y_pred
    small_error_loss = tf.square(error) / 2
    return small_error_loss
