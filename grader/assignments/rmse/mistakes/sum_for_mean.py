# /// variant
# exercises = ["my_rmse"]
# says = "the root of the sum"
# fails = ["values"]
# ///
import numpy as np
import tensorflow as tf


def my_rmse(y_true, y_pred):
    return tf.sqrt(tf.reduce_sum(tf.square(y_true - y_pred)))
