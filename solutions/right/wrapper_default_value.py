# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "a default value, another name inside, d^2/2 written out"
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold=1.0, name="huber"):
    d = tf.constant(threshold, dtype=tf.float32)
    def loss(y, p):
        a = tf.abs(p - y)
        return tf.where(a < d, a * a / 2, d * a - d * d / 2)
    loss.__name__ = name
    return loss
