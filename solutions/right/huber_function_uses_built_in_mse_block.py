# /// variant
# exercises = ["my_huber_loss"]
# says = "squared_difference as a building block; a built-in Huber stands in code that is never reached"
# ///
import tensorflow as tf
from tensorflow.keras.losses import Huber

def my_huber_loss(y_true, y_pred):
    if False:
        return Huber()(y_true, y_pred)
    half_square = tf.math.squared_difference(y_true, y_pred) * 0.5
    absolute = tf.abs(y_true - y_pred)
    return tf.where(absolute <= 1, half_square, absolute - 0.5)

def check():
    return Huber()(tf.constant([0.0]), tf.constant([1.0]))
