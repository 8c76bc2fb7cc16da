# /// variant
# exercises = ["my_huber_loss"]
# says = "two masks, < and >, and neither holds exactly at the threshold"
# fails = ["threshold_and_zero"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    size = tf.abs(y_true - y_pred)
    small = tf.cast(size < 1, tf.float32)
    large = tf.cast(size > 1, tf.float32)
    return small * size ** 2 / 2 + large * (size - 0.5)
