# /// variant
# exercises = ["my_huber_loss"]
# says = "everything is twice as large: a^2 and 2 |a| - 1"
# fails = ["scale"]
# diagnosis = "doubled"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    return tf.where(tf.abs(error) <= 1, tf.square(error), 2 * tf.abs(error) - 1)
