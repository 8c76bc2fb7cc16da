# /// variant
# exercises = ["my_huber_loss"]
# says = "the linear part is halved as a whole"
# fails = ["large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    big_error_loss = 0.5 * (tf.abs(error) - 0.5)
    return tf.where(tf.abs(error) <= 1, 0.5 * tf.square(error), big_error_loss)
