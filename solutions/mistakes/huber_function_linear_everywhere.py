# /// variant
# exercises = ["my_huber_loss"]
# says = "the linear part is used for small errors as well"
# fails = ["small_errors"]
# diagnosis = "linear-everywhere"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    is_small_error = tf.abs(error) <= 1
    small_error_loss = tf.abs(error) - 0.5
    big_error_loss = tf.abs(error) - 0.5
    return tf.where(is_small_error, small_error_loss, big_error_loss)
