# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "a NumPy float64 threshold makes float64 tensors that don't mix with float32"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import numpy as np
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    threshold = tf.constant(np.float64(threshold))
    def my_huber_loss(y_true, y_pred):
        error = tf.abs(y_true - y_pred)
        return tf.where(error <= threshold, error ** 2 / 2, threshold * (error - threshold / 2))
    return my_huber_loss
