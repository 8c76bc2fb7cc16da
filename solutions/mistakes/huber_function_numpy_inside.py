# /// variant
# exercises = ["my_huber_loss"]
# says = ".numpy() inside: a tensor comes out, but no gradient, and not in a graph"
# fails = ["gradient", "graph"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = tf.constant((y_true - y_pred).numpy())
    return tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
