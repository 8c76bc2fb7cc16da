# /// variant
# exercises = ["MyHuberLoss"]
# says = "the largest loss of the batch, of which Keras' mean is no mean"
# fails = ["gradient", "reduction"]
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, threshold):
        super().__init__()
        self.threshold = threshold

    def call(self, y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.reduce_max(tf.where(e <= self.threshold, e ** 2 / 2, self.threshold * (e - self.threshold / 2)))
