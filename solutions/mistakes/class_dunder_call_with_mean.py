# /// variant
# exercises = ["MyHuberLoss"]
# says = "its own __call__ takes the mean, but not the sample weights that Keras hands over"
# fails = ["training"]
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, threshold=1.0):
        super().__init__()
        self.threshold = threshold

    def __call__(self, y_true, y_pred):
        return tf.reduce_mean(self.call(y_true, y_pred))

    def call(self, y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= self.threshold, e ** 2 / 2, self.threshold * (e - self.threshold / 2))
