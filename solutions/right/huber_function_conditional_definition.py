# /// variant
# exercises = ["my_huber_loss"]
# says = "defined under an if, and made of two closures"
# ///
import tensorflow as tf

USE_WHERE = tf.__version__ >= "2"

if USE_WHERE:
    def my_huber_loss(y_true, y_pred):
        error = y_true - y_pred
        return tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
else:
    def my_huber_loss(y_true, y_pred):
        return tf.square(y_true - y_pred)
