# /// variant
# exercises = ["my_huber_loss"]
# says = "the return is missing"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    is_small_error = tf.abs(error) <= 1
    small_error_loss = tf.square(error) / 2
    big_error_loss = tf.abs(error) - 0.5
    tf.where(is_small_error, small_error_loss, big_error_loss)
