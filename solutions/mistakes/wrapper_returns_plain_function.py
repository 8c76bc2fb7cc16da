# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "returns the plain function, which knows threshold 1 alone"
# fails = ["other_thresholds"]
# diagnosis = "threshold-always-1"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    return tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)

def my_huber_loss_with_threshold(threshold):
    return my_huber_loss
