# /// variant
# exercises = ["my_huber_loss"]
# says = "defined under a `with` of a module that is there in Colab alone"
# ///
import tensorflow as tf
from google.colab import output

with output.use_tags("losses"):
    def my_huber_loss(y_true, y_pred):
        e = y_true - y_pred
        return tf.where(tf.abs(e) <= 1.0, tf.square(e) / 2, tf.abs(e) - 0.5)
