# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "d (|a| - d): the half of the offset is missing"
# fails = ["large_errors"]
# diagnosis = "offset-whole"
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    def my_huber_loss(y_true, y_pred):
        error = tf.abs(y_true - y_pred)
        return tf.where(error <= threshold, error ** 2 / 2, threshold * (error - threshold))
    return my_huber_loss
