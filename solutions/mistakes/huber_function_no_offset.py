# /// variant
# exercises = ["my_huber_loss"]
# says = "the linear part has no offset"
# fails = ["large_errors"]
# diagnosis = "offset-missing"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    threshold = 1
    error = y_true - y_pred
    is_small_error = tf.abs(error) <= threshold
    small_error_loss = tf.square(error) / 2
    big_error_loss = threshold * tf.abs(error)
    return tf.where(is_small_error, small_error_loss, big_error_loss)
