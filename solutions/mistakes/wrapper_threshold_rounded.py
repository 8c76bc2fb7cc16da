# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "the threshold is made a whole number"
# fails = ["exactly_as_given"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    threshold = int(threshold)
    def loss(y_true, y_pred):
        a = tf.abs(y_true - y_pred)
        return tf.where(a <= threshold, a ** 2 / 2, threshold * (a - threshold / 2))
    return loss
