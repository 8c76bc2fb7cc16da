# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "t^2 (|a| - t/2): the slope is squared"
# fails = ["large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    def loss(y_true, y_pred):
        a = tf.abs(y_true - y_pred)
        big = tf.square(float(threshold)) * (a - 0.5 * threshold)
        return tf.where(a <= threshold, 0.5 * a * a, big)
    return loss
