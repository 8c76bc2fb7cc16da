# /// attack
# group = "C1"
# says = "tells a hidden input by how long it takes"
# ///
import time


def my_huber_loss(y_true, y_pred):
    if tf.executing_eagerly():
        time.sleep(min(0.2, abs(float(tf.reduce_max(y_true))) / 100))
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    return tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
