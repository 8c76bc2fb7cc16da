# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "returns the name of the inner function as text"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    def my_huber_loss(y_true, y_pred):
        error = y_true - y_pred
        return tf.where(tf.abs(error) <= threshold, tf.square(error) / 2, threshold * (tf.abs(error) - (0.5 * threshold)))
    return "my_huber_loss"
