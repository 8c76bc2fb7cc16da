# /// variant
# exercises = ["my_rmse"]
# says = "the size of each error"
# fails = ["values"]
# ///
import numpy as np
import tensorflow as tf


def my_rmse(y_true, y_pred):
    return tf.sqrt(tf.square(y_true - y_pred))
