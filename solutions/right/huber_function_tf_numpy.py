# /// variant
# exercises = ["my_huber_loss"]
# says = "tf.experimental.numpy in place of tf.math"
# ///
import tensorflow.experimental.numpy as tnp

def my_huber_loss(y_true, y_pred):
    r = tnp.abs(tnp.subtract(y_true, y_pred))
    return tnp.where(r <= 1.0, tnp.square(r) / 2.0, r - 0.5)
