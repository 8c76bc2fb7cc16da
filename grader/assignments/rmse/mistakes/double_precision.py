# /// variant
# exercises = ["my_rmse"]
# says = "cast to double precision at the end"
# fails = ["type"]
# ///
import numpy as np
import tensorflow as tf


def my_rmse(y_true, y_pred):
    return tf.cast(tf.sqrt(tf.reduce_mean(tf.square(y_true - y_pred))), tf.float64)
