# /// attack
# group = "S16"
# says = "computes in NumPy, and gives constants to the graph"
# expected.my_huber_loss = "not passed"
# ///
import numpy as np


def my_huber_loss(y_true, y_pred):
    if not tf.executing_eagerly():
        return tf.zeros_like(y_pred)
    error = np.abs(y_true.numpy() - y_pred.numpy())
    return tf.constant(np.where(error <= 1, error**2 / 2, error - 0.5).astype("float32"))
