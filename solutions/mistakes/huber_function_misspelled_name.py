# /// variant
# exercises = ["my_huber_loss"]
# says = "the name is misspelled: my_hubber_loss"
# passes = []
# status = "missing"
# diagnosis = ""
# ///
import tensorflow as tf

def my_hubber_loss(y_true, y_pred):
    error = y_true - y_pred
    return tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
