# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "> for <=, which swaps the branches"
# fails = ["small_errors", "large_errors"]
# diagnosis = "branches-swapped"
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    def my_huber_loss(y_true, y_pred):
        error = tf.abs(y_true - y_pred)
        return tf.where(error > threshold, error ** 2 / 2, threshold * (error - threshold / 2))
    return my_huber_loss
