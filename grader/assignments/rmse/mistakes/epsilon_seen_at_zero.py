# /// variant
# exercises = ["my_rmse"]
# says = "a constant under the root that shows where there is no error"
# fails = ["no_error"]
# ///
import numpy as np
import tensorflow as tf


def my_rmse(y_true, y_pred):
    return tf.sqrt(tf.reduce_mean(tf.square(y_true - y_pred)) + 1e-7)
