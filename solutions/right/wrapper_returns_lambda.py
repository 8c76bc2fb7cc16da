# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "returns a lambda"
# ///
import tensorflow as tf

def _huber(error, threshold):
    return tf.where(tf.abs(error) <= threshold,
                    error ** 2 / 2,
                    threshold * (tf.abs(error) - threshold / 2))

def my_huber_loss_with_threshold(threshold):
    return lambda y_true, y_pred: _huber(y_true - y_pred, threshold)
