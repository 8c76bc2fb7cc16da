# /// variant
# exercises = ["my_rmse"]
# says = "the norm of the errors over the root of their number"
# ///
import tensorflow as tf


def my_rmse(y_true, y_pred):
    count = tf.cast(tf.size(y_pred), tf.float32)
    return tf.norm(tf.reshape(y_true - y_pred, [-1])) / tf.sqrt(count)
