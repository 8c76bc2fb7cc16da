# /// variant
# exercises = ["my_huber_loss"]
# says = "decorated with tf.function"
# ///
import tensorflow as tf

@tf.function
def my_huber_loss(y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
    """Huber loss, threshold 1.

    Returns one loss per element.
    """
    error = tf.subtract(y_true, y_pred)
    quadratic = tf.multiply(0.5, tf.square(error))
    linear = tf.subtract(tf.abs(error), 0.5)
    return tf.where(tf.less_equal(tf.abs(error), 1.0), quadratic, linear)
