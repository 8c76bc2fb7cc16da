# /// variant
# exercises = ["MyHuberLoss"]
# says = "a plain class with __call__, not a subclass of Loss"
# fails = ["subclass", "reduction"]
# # Without Keras' own __call__ nothing takes the mean; that is the same mistake.
# diagnosis = ""
# ///
import tensorflow as tf

class MyHuberLoss:
    def __init__(self, threshold):
        self.threshold = threshold

    def __call__(self, y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= self.threshold, e ** 2 / 2, self.threshold * (e - self.threshold / 2))
