# /// variant
# exercises = ["MyHuberLoss"]
# says = "a subclass of Layer, not of Loss"
# fails = ["subclass", "reduction"]
# # A layer takes two inputs, but Keras and a layer may quarrel about that when it trains
# # or meets an unknown batch size, and a layer takes no mean.
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.layers import Layer

class MyHuberLoss(Layer):
    def __init__(self, threshold):
        super().__init__()
        self.threshold = threshold

    def call(self, y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= self.threshold, e ** 2 / 2, self.threshold * (e - self.threshold / 2))
