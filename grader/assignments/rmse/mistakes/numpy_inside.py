# /// variant
# exercises = ["my_rmse"]
# says = "NumPy at the end: no gradient, no graph, no tensor"
# fails = ["gradient", "graph", "type"]
# ///
import numpy as np
import tensorflow as tf


def my_rmse(y_true, y_pred):
    return np.sqrt(np.mean(np.square(y_true - y_pred)))
