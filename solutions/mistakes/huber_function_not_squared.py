# /// variant
# exercises = ["my_huber_loss"]
# says = "small errors are halved, never squared"
# fails = ["small_errors"]
# diagnosis = "not-squared"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    err = tf.abs(y_true - y_pred)
    return tf.where(err <= 1, err / 2, err - 0.5)
