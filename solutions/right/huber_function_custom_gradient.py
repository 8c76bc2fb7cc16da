# /// variant
# exercises = ["my_huber_loss"]
# says = "an own gradient by tf.custom_gradient, and it is the right one"
# ///
import tensorflow as tf

@tf.custom_gradient
def huber_of(error):
    size = tf.abs(error)
    def grad(upstream):
        return upstream * tf.clip_by_value(error, -1.0, 1.0)
    return tf.where(size <= 1, error * error / 2, size - 0.5), grad

def my_huber_loss(y_true, y_pred):
    return huber_of(y_pred - y_true)
