# /// variant
# exercises = ["my_huber_loss"]
# says = "stop_gradient on one of the two factors of the square halves the gradient of small errors"
# fails = ["gradient"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    small = error * tf.stop_gradient(error) / 2
    return tf.where(tf.abs(error) <= 1, small, tf.abs(error) - 0.5)
