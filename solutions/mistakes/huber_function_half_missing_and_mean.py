# /// variant
# exercises = ["my_huber_loss"]
# says = "two mistakes: the half is missing, and the mean is taken"
# fails = ["small_errors"]
# diagnosis = "half-missing"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    loss = tf.where(tf.abs(error) <= 1, tf.square(error), tf.abs(error) - 0.5)
    return tf.reduce_mean(loss)
