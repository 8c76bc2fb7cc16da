# /// variant
# exercises = ["MyHuberLoss"]
# says = "__init__ never stores the threshold, so that the class attribute 1 is used"
# fails = ["other_thresholds"]
# diagnosis = "threshold-always-1"
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    threshold = 1

    def __init__(self, threshold):
        super().__init__()
        threshold = threshold

    def call(self, y_true, y_pred):
        error = y_true - y_pred
        is_small_error = tf.abs(error) <= self.threshold
        return tf.where(is_small_error, tf.square(error) / 2, self.threshold * (tf.abs(error) - (0.5 * self.threshold)))
