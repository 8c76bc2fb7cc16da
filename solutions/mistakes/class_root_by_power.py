# /// variant
# exercises = ["MyHuberLoss"]
# says = "tf.pow(..., 0.5) of the square for abs: the gradient at zero is not a number"
# fails = ["gradient_at_zero"]
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, threshold):
        super().__init__()
        self.threshold = threshold

    def call(self, y_true, y_pred):
        e = tf.pow(tf.square(y_true - y_pred), 0.5)
        return tf.where(e <= self.threshold, e ** 2 / 2, self.threshold * (e - self.threshold / 2))
