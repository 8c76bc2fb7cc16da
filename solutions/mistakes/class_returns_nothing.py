# /// variant
# exercises = ["MyHuberLoss"]
# says = "`call` does all the work and returns nothing"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, threshold=1):
        super().__init__()
        self.threshold = threshold

    def call(self, y_true, y_pred):
        a = tf.abs(y_true - y_pred)
        tf.where(a <= self.threshold, a ** 2 / 2, self.threshold * (a - self.threshold / 2))
