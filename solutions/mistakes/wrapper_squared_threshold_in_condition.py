# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "the error is compared with the square of the threshold"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    def loss(y_true, y_pred):
        a = tf.abs(y_true - y_pred)
        return tf.where(a <= threshold ** 2, a ** 2 / 2, threshold * (a - threshold / 2))
    return loss
