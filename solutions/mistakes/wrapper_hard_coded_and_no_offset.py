# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "two mistakes: the threshold is always 1, and the offset is missing"
# fails = ["large_errors", "other_thresholds"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    def my_huber_loss(y_true, y_pred):
        error = tf.abs(y_true - y_pred)
        return tf.where(error <= 1, tf.square(error) / 2, error)
    return my_huber_loss
