# /// variant
# exercises = ["my_huber_loss"]
# says = "a minus before everything: training would make the errors larger"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    loss = tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
    return -loss
