# /// variant
# exercises = ["my_huber_loss"]
# says = "the definition stands after 1/0 and sys.exit() in the same cell"
# ///
import sys
import tensorflow as tf
1/0
sys.exit("stop here")
def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    is_small = tf.abs(error) <= 1
    return tf.where(is_small, tf.square(error) / 2, tf.abs(error) - 0.5)
