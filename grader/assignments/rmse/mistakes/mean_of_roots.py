# /// variant
# exercises = ["my_rmse"]
# says = "the mean of the sizes: the root comes too early"
# fails = ["values"]
# ///
import numpy as np
import tensorflow as tf


def my_rmse(y_true, y_pred):
    return tf.reduce_mean(tf.sqrt(tf.square(y_true - y_pred)))
