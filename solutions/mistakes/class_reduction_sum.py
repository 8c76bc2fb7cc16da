# /// variant
# exercises = ["MyHuberLoss"]
# says = "reduction sum: calling the object gives the sum"
# fails = ["reduction"]
# diagnosis = ""
# ///
import keras
import tensorflow as tf

class MyHuberLoss(keras.losses.Loss):
    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(reduction="sum", **kwargs)
        self.threshold = threshold

    def call(self, y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= self.threshold, e ** 2 / 2, self.threshold * (e - self.threshold / 2))
