# /// variant
# exercises = ["my_huber_loss"]
# says = "abs is missing in the condition: every negative error counts as small"
# fails = ["both_signs"]
# diagnosis = "sign-lost-in-condition"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    is_small_error = error <= 1
    small_error_loss = tf.square(error) / 2
    big_error_loss = tf.abs(error) - 0.5
    return tf.where(is_small_error, small_error_loss, big_error_loss)
