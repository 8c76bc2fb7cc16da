# /// variant
# exercises = ["my_rmse"]
# says = "the error is taken out of the tape"
# fails = ["gradient"]
# ///
import numpy as np
import tensorflow as tf


def my_rmse(y_true, y_pred):
    return tf.sqrt(tf.reduce_mean(tf.square(tf.stop_gradient(y_true - y_pred)) + 0 * y_pred))
