# /// variant
# exercises = ["my_huber_loss"]
# says = "defined twice, and the second definition lost its half"
# fails = ["small_errors"]
# diagnosis = "half-missing"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    return tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
# %%
def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    return tf.where(tf.abs(error) <= 1, tf.square(error), tf.abs(error) - 0.5)
