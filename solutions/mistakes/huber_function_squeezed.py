# /// variant
# exercises = ["my_huber_loss"]
# says = "the error is squeezed: every value is right, and the shape is lost"
# fails = ["shapes"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = tf.squeeze(y_true - y_pred)
    return tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
