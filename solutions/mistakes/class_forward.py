# /// variant
# exercises = ["MyHuberLoss"]
# says = "forward, as PyTorch calls it, for call"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, threshold=1.0):
        super().__init__()
        self.threshold = threshold

    def forward(self, y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= self.threshold, e ** 2 / 2, self.threshold * (e - self.threshold / 2))
