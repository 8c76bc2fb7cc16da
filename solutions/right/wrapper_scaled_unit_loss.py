# /// variant
# exercises = ["my_huber_loss", "my_huber_loss_with_threshold", "MyHuberLoss"]
# says = "one helper for all three: d^2 times the unit loss of error / d"
# ///
import tensorflow as tf
from tensorflow import keras

def unit(error):
    size = tf.abs(error)
    return tf.where(size <= 1.0, size * size / 2.0, size - 0.5)

def my_huber_loss(y_true, y_pred):
    return unit(y_true - y_pred)

def my_huber_loss_with_threshold(threshold):
    def loss(y_true, y_pred):
        return threshold ** 2 * unit((y_true - y_pred) / threshold)
    return loss

class MyHuberLoss(keras.losses.Loss):
    def __init__(self, threshold=1.0):
        super().__init__()
        self.loss = my_huber_loss_with_threshold(threshold)
    def call(self, y_true, y_pred):
        return self.loss(y_true, y_pred)
