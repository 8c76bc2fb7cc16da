# /// variant
# exercises = ["my_rmse"]
# says = "a mean over the batch, and not over all"
# fails = ["one_number"]
# ///
import numpy as np
import tensorflow as tf


def my_rmse(y_true, y_pred):
    return tf.sqrt(tf.reduce_mean(tf.square(y_true - y_pred), axis=0))
