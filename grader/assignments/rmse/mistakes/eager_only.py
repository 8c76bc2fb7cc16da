# /// variant
# exercises = ["my_rmse"]
# says = "a Python condition on a tensor's value, and numbers made outside of the graph"
# fails = ["graph"]
# ///
import numpy as np
import tensorflow as tf


def my_rmse(y_true, y_pred):
    mean = tf.reduce_mean(tf.square(y_true - y_pred))
    return tf.sqrt(mean) if mean.numpy() >= 0 else mean
