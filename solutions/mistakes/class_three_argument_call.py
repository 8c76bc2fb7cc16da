# /// variant
# exercises = ["MyHuberLoss"]
# says = "call wants the threshold as a third argument"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, threshold):
        super().__init__()
        self.threshold = threshold

    def call(self, y_true, y_pred, threshold):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= threshold, e ** 2 / 2, threshold * (e - threshold / 2))
