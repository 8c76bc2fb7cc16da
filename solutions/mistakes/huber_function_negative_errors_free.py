# /// variant
# exercises = ["my_huber_loss"]
# says = "relu for abs: errors of one sign cost nothing"
# fails = ["both_signs"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = tf.nn.relu(y_true - y_pred)
    return tf.where(error <= 1, tf.square(error) / 2, error - 0.5)
