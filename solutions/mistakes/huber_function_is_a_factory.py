# /// variant
# exercises = ["my_huber_loss"]
# says = "the plain name is a wrapper that takes a threshold"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(threshold=1):
    def loss(y_true, y_pred):
        error = y_true - y_pred
        return tf.where(tf.abs(error) <= threshold, tf.square(error) / 2, threshold * (tf.abs(error) - threshold / 2))
    return loss
