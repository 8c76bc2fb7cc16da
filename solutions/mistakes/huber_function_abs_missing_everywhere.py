# /// variant
# exercises = ["my_huber_loss"]
# says = "no abs at all, and the error taken the other way round"
# fails = ["both_signs"]
# diagnosis = "sign-lost-in-condition"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    e = y_pred - y_true
    return tf.where(e <= 1, e ** 2 / 2, e - 0.5)
