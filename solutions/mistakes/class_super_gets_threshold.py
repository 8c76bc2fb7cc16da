# /// variant
# exercises = ["MyHuberLoss"]
# says = "super().__init__(threshold): Keras takes the threshold for the name of the loss"
# fails = ["called_by_keras"]
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, threshold):
        super().__init__(threshold)
        self.threshold = threshold

    def call(self, y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= self.threshold, e ** 2 / 2, self.threshold * (e - self.threshold / 2))
