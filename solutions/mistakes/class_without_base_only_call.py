# /// variant
# exercises = ["MyHuberLoss"]
# says = "a plain class with a method call: not a Loss, and its objects can't be called"
# fails = ["subclass", "called_by_keras"]
# diagnosis = ""
# ///
import tensorflow as tf

class MyHuberLoss:
    def __init__(self, threshold):
        self.threshold = threshold

    def call(self, y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= self.threshold, e ** 2 / 2, self.threshold * (e - self.threshold / 2))
