# /// variant
# exercises = ["my_huber_loss"]
# says = "Python operators and abs() alone, with a mask cast to float"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    a = abs(y_true - y_pred)
    small = tf.cast(a <= 1.0, tf.float32)
    return small * a ** 2 / 2 + (1 - small) * (a - 1 / 2)
