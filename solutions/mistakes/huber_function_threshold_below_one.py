# /// variant
# exercises = ["my_huber_loss"]
# says = "the threshold is 0.2 where 1 was asked for"
# fails = ["small_errors", "large_errors"]
# diagnosis = "another-threshold"
# ///
import tensorflow as tf

threshold = 0.2

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    is_small_error = tf.abs(error) <= threshold
    small_error_loss = tf.square(error) / 2
    big_error_loss = threshold * (tf.abs(error) - (0.5 * threshold))
    return tf.where(is_small_error, small_error_loss, big_error_loss)
