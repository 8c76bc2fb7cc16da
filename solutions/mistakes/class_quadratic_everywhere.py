# /// variant
# exercises = ["MyHuberLoss"]
# says = "half the squared error everywhere"
# fails = ["large_errors", "other_thresholds"]
# diagnosis = "quadratic-everywhere"
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, threshold):
        super().__init__()
        self.threshold = threshold

    def call(self, y_true, y_pred):
        return tf.square(y_true - y_pred) / 2
