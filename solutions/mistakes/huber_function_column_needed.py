# /// variant
# exercises = ["my_huber_loss"]
# says = "works on a column only: unpacks the shape as two numbers"
# fails = ["shapes"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    rows, columns = y_pred.shape
    ones = tf.ones((1, columns))
    error = (y_true - y_pred) * ones
    return tf.where(tf.abs(error) <= ones, tf.square(error) / 2, tf.abs(error) - 0.5)
