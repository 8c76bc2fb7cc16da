# /// variant
# exercises = ["my_huber_loss"]
# says = "boolean masks multiplied in, the parts added with add_n"
# ///
import tensorflow as tf

def quadratic_part(error, mask):
    return tf.square(error) / 2 * tf.cast(mask, error.dtype)

def linear_part(error, mask):
    return (tf.abs(error) - 0.5) * tf.cast(mask, error.dtype)

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    small = tf.abs(error) <= 1
    return tf.add_n([quadratic_part(error, small), linear_part(error, tf.logical_not(small))])
