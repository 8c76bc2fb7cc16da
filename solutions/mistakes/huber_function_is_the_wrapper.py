# /// variant
# exercises = ["my_huber_loss"]
# says = "another name for the wrapper, which makes a loss and is none"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    def loss(y_true, y_pred):
        error = y_true - y_pred
        return tf.where(tf.abs(error) <= threshold, tf.square(error) / 2, threshold * (tf.abs(error) - (0.5 * threshold)))
    return loss

my_huber_loss = my_huber_loss_with_threshold
