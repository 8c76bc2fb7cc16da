# /// variant
# exercises = ["MyHuberLoss"]
# says = "super().__init__ without its own brackets: it is named, never called"
# fails = ["called_by_keras"]
# diagnosis = ""
# ///
import tensorflow as tf

class MyHuberLoss(tf.keras.losses.Loss):
    def __init__(self, threshold):
        super().__init__
        self.threshold = threshold

    def call(self, y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= self.threshold, e ** 2 / 2, self.threshold * (e - self.threshold / 2))
