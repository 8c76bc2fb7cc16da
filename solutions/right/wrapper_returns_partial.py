# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "returns a functools.partial of a three-argument function"
# ///
from functools import partial
import tensorflow as tf

def huber(y_true, y_pred, threshold):
    clipped = tf.clip_by_value(y_true - y_pred, -threshold, threshold)
    return clipped * (y_true - y_pred) - tf.square(clipped) / 2

def my_huber_loss_with_threshold(threshold):
    return partial(huber, threshold=threshold)
