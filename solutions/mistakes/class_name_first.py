# /// variant
# exercises = ["MyHuberLoss"]
# says = "__init__ wants a name before the threshold"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, name, threshold):
        super().__init__(name=name)
        self.threshold = threshold

    def call(self, y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= self.threshold, e ** 2 / 2, self.threshold * (e - self.threshold / 2))
