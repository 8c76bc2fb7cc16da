# /// variant
# exercises = ["my_huber_loss"]
# says = "large errors all cost the same: the error is cut off at the threshold"
# fails = ["large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = tf.clip_by_value(y_true - y_pred, -1.0, 1.0)
    return tf.square(error) / 2
