# /// variant
# exercises = ["my_huber_loss"]
# says = "small errors cost nothing"
# fails = ["small_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    a = tf.abs(y_true - y_pred)
    return tf.where(a > 1, a - 0.5, 0.0)
