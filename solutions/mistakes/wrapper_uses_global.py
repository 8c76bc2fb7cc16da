# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "uses a global constant, its argument is called otherwise"
# fails = ["other_thresholds"]
# diagnosis = "threshold-always-1"
# ///
import tensorflow as tf

threshold = 1.0

def my_huber_loss_with_threshold(t):
    def huber(y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= threshold, tf.square(e) / 2, threshold * (e - 0.5 * threshold))
    return huber
