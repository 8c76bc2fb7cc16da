# /// variant
# exercises = ["my_huber_loss"]
# says = "clip_by_value: c * (e - c / 2) holds in both regions"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    clipped = tf.clip_by_value(error, -1.0, 1.0)
    return clipped * (error - clipped / 2.0)
