# /// variant
# exercises = ["my_huber_loss"]
# says = "computed in float64, handed back in the dtype of y_pred"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = tf.cast(y_true, tf.float64) - tf.cast(y_pred, tf.float64)
    size = tf.abs(error)
    loss = tf.where(size <= 1, error ** 2 / 2, size - 0.5)
    return tf.cast(loss, y_pred.dtype)
