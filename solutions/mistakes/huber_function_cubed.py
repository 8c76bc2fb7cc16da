# /// variant
# exercises = ["my_huber_loss"]
# says = "the size of the error to the power of three"
# fails = ["small_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    a = abs(y_true - y_pred)
    return tf.where(a <= 1, a ** 3 / 2, a - 0.5)
