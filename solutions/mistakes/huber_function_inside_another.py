# /// variant
# exercises = ["my_huber_loss"]
# says = "defined inside another function only"
# passes = []
# status = "missing"
# diagnosis = ""
# ///
import tensorflow as tf

def make_losses():
    def my_huber_loss(y_true, y_pred):
        error = y_true - y_pred
        return tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
    return my_huber_loss
