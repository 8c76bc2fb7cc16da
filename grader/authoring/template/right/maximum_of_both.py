# /// variant
# exercises = ["absolute_error"]
# says = "another way to write it, which must get full points"
# ///
import tensorflow as tf


def absolute_error(y_true, y_pred):
    return tf.maximum(y_true - y_pred, y_pred - y_true)
