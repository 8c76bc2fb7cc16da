# /// variant
# exercises = ["my_huber_loss"]
# says = "registered with tf.keras.utils.register_keras_serializable, with defaults and kwargs"
# ///
import tensorflow as tf

@tf.keras.utils.register_keras_serializable(package="my_losses")
def my_huber_loss(y_true, y_pred, delta=1.0, *, half=0.5, **kwargs):
    error = tf.cast(y_true, y_pred.dtype) - y_pred
    size = tf.abs(error)
    return tf.where(size <= delta, half * tf.square(error), delta * size - half * delta ** 2)
