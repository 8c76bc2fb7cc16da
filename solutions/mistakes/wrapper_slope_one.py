# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "the slope of the linear part is 1, not the threshold"
# fails = ["large_errors"]
# diagnosis = "slope-missing"
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    return lambda y_true, y_pred: tf.where(
        tf.abs(y_true - y_pred) <= threshold,
        tf.square(y_true - y_pred) / 2,
        tf.abs(y_true - y_pred) - threshold / 2)
