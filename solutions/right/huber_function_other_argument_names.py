# /// variant
# exercises = ["my_huber_loss"]
# says = "the arguments are called ys and preds"
# ///
import tensorflow as tf

def my_huber_loss(ys, preds):
    d = tf.math.abs(ys - preds)
    return tf.where(tf.math.greater(d, 1), d - 0.5, d * d / 2)
