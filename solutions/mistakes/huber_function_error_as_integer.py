# /// variant
# exercises = ["my_huber_loss"]
# says = "the error is cast to whole numbers"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = tf.cast(y_true - y_pred, tf.int32)
    error = tf.cast(error, tf.float32)
    return tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
