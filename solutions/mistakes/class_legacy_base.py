# /// variant
# exercises = ["MyHuberLoss"]
# says = "the base class is the old one of tensorflow.python.keras"
# fails = ["subclass"]
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.python.keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, threshold):
        super().__init__()
        self.threshold = threshold

    def call(self, y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= self.threshold, e ** 2 / 2, self.threshold * (e - self.threshold / 2))
