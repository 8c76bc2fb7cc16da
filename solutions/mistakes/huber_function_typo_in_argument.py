# /// variant
# exercises = ["my_huber_loss"]
# says = "ytrue for y_true"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = ytrue - y_pred
    return tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
