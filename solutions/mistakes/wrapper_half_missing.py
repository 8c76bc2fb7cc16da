# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "the half of the quadratic part is missing"
# fails = ["small_errors"]
# diagnosis = "half-missing"
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold=1.0):
    def my_huber_loss(y_true, y_pred):
        error = y_true - y_pred
        return tf.where(tf.abs(error) <= threshold, error ** 2, threshold * (tf.abs(error) - 0.5 * threshold))
    return my_huber_loss
