# /// variant
# exercises = ["my_huber_loss"]
# says = "the batch size is read from .shape, which a graph does not know"
# fails = ["graph"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = tf.abs(y_true - y_pred)
    rows = [tf.where(error[i] <= 1, tf.square(error[i]) / 2, error[i] - 0.5) for i in range(error.shape[0])]
    return tf.stack(rows)
