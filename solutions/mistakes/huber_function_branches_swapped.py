# /// variant
# exercises = ["my_huber_loss"]
# says = "the two branches are swapped"
# fails = ["small_errors", "large_errors"]
# diagnosis = "branches-swapped"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    threshold = 1
    error = y_true - y_pred
    is_small_error = tf.abs(error) <= threshold
    small_error_loss = tf.square(error) / 2
    big_error_loss = threshold * (tf.abs(error) - (0.5 * threshold))
    return tf.where(is_small_error, big_error_loss, small_error_loss)
