# /// variant
# exercises = ["MyHuberLoss"]
# says = "Loss is imported nowhere, so that the class can't be made"
# passes = []
# status = "broken"
# diagnosis = ""
# ///
import tensorflow as tf

class MyHuberLoss(Loss):
    def __init__(self, threshold):
        super().__init__()
        self.threshold = threshold

    def call(self, y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= self.threshold, e ** 2 / 2, self.threshold * (e - self.threshold / 2))
