# /// variant
# exercises = ["my_rmse"]
# says = "the mean squared error, without the root"
# fails = ["values"]
# ///
import numpy as np
import tensorflow as tf


def my_rmse(y_true, y_pred):
    return tf.reduce_mean(tf.square(y_true - y_pred))
