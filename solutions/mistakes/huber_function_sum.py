# /// variant
# exercises = ["my_huber_loss"]
# says = "the sum over everything, where one loss per element was asked for"
# fails = ["reduction"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = tf.abs(y_true - y_pred)
    losses = tf.where(error <= 1, tf.square(error) / 2, error - 0.5)
    return tf.reduce_sum(losses)
