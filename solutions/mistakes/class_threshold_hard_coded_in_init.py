# /// variant
# exercises = ["MyHuberLoss"]
# says = "self.threshold = 1 whatever is given"
# fails = ["other_thresholds"]
# diagnosis = "threshold-always-1"
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, threshold=1):
        super().__init__()
        self.threshold = 1

    def call(self, y_true, y_pred):
        error = y_true - y_pred
        small_error_loss = tf.square(error) / 2
        big_error_loss = self.threshold * (tf.abs(error) - (0.5 * self.threshold))
        return tf.where(tf.abs(error) <= self.threshold, small_error_loss, big_error_loss)
