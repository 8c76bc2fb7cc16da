# /// variant
# exercises = ["my_rmse"]
# says = "the square comes too late"
# fails = ["values"]
# ///
import numpy as np
import tensorflow as tf


def my_rmse(y_true, y_pred):
    return tf.sqrt(tf.square(tf.reduce_mean(y_true - y_pred)))
