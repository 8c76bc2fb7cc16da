# /// attack
# group = "Z5"
# says = "turns its pipes into such that do not wait"
# expected.my_huber_loss = "any"
# ///
import os


def my_huber_loss(y_true, y_pred):
    for descriptor in (3, 4):
        os.set_blocking(descriptor, False)
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    return tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
