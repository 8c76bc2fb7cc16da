# /// variant
# exercises = ["my_rmse"]
# says = "a constant under the root, large enough to be seen"
# fails = ["values"]
# ///
import numpy as np
import tensorflow as tf


def my_rmse(y_true, y_pred):
    return tf.sqrt(tf.reduce_mean(tf.square(y_true - y_pred)) + 1e-2)
