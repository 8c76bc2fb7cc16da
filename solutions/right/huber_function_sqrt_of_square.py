# /// variant
# exercises = ["my_huber_loss"]
# says = "sqrt of the square for abs; TensorFlow gives its gradient at zero the value 0"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    size = tf.sqrt(tf.square(y_true - y_pred))
    return tf.where(size <= 1, tf.square(size) / 2, size - 0.5)
