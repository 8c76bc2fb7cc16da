# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "thresholds above 1 are cut down to 1"
# fails = ["exactly_as_given"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    d = min(threshold, 1.0)
    def loss(y_true, y_pred):
        a = tf.abs(y_true - y_pred)
        return tf.where(a <= d, a ** 2 / 2, d * (a - d / 2))
    return loss
