# /// variant
# exercises = ["MyHuberLoss"]
# says = "the class is called myHuberLoss"
# passes = []
# status = "missing"
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class myHuberLoss(Loss):
    def __init__(self, threshold):
        super().__init__()
        self.threshold = threshold

    def call(self, y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= self.threshold, e ** 2 / 2, self.threshold * (e - self.threshold / 2))
