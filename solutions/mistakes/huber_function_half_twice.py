# /// variant
# exercises = ["my_huber_loss"]
# says = "the half of the quadratic part is applied twice"
# fails = ["small_errors"]
# diagnosis = "half-twice"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    half_square = 0.5 * tf.square(error)
    return tf.where(tf.abs(error) <= 1, half_square / 2, tf.abs(error) - 0.5)
