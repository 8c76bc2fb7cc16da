# /// variant
# exercises = ["MyHuberLoss"]
# says = "two mistakes: the half is missing, and super().__init__() too"
# fails = ["small_errors"]
# diagnosis = "half-missing"
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, threshold):
        self.threshold = threshold

    def call(self, y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= self.threshold, e ** 2, self.threshold * (e - self.threshold / 2))
