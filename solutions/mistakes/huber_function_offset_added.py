# /// variant
# exercises = ["my_huber_loss"]
# says = "the offset of the linear part is added, not taken away"
# fails = ["large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = tf.abs(y_true - y_pred)
    return tf.where(error <= 1, 0.5 * error ** 2, error + 0.5)
