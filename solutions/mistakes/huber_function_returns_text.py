# /// variant
# exercises = ["my_huber_loss"]
# says = "returns a sentence about the loss"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    loss = tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
    return f"The loss is {loss}"
