# /// variant
# exercises = ["my_huber_loss"]
# says = "stop_gradient on the prediction: right values, nothing to train with"
# fails = ["gradient"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = tf.stop_gradient(y_pred) - y_true
    return tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
