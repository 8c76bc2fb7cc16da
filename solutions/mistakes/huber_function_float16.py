# /// variant
# exercises = ["my_huber_loss"]
# says = "the result is cast to float16"
# fails = ["precision"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    threshold = 1
    error = y_true - y_pred
    is_small_error = abs(error) <= threshold
    small_error_loss = error ** 2 / 2
    big_error_loss = threshold * (abs(error) - (0.5 * threshold))
    return tf.cast(tf.where(is_small_error, small_error_loss, big_error_loss), dtype=tf.float16)
