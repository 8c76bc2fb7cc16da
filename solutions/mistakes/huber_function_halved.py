# /// variant
# exercises = ["my_huber_loss"]
# says = "an extra factor one half over everything"
# fails = ["scale"]
# diagnosis = "halved"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    threshold = 1
    error = y_true - y_pred
    small_error_loss = tf.square(error) / 2
    big_error_loss = threshold * (tf.abs(error) - (0.5 * threshold))
    return 0.5 * tf.where(tf.abs(error) <= threshold, small_error_loss, big_error_loss)
