# /// variant
# exercises = ["my_huber_loss"]
# says = "computed in float16 and cast back, so that the digits are gone"
# fails = ["precision"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    error = tf.cast(y_true - y_pred, tf.float16)
    loss = tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
    return tf.cast(loss, tf.float32)
