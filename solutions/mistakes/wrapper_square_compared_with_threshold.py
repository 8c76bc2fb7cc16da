# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "the squared error is compared with the threshold"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    def loss(y_true, y_pred):
        squared = tf.square(y_true - y_pred)
        size = tf.abs(y_true - y_pred)
        return tf.where(squared <= threshold, squared / 2, threshold * (size - threshold / 2))
    return loss
