# /// variant
# exercises = ["MyHuberLoss"]
# says = "threshold for self.threshold, and there is no such global"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, threshold):
        super().__init__()
        self.threshold = threshold

    def call(self, y_true, y_pred):
        error = y_true - y_pred
        is_small_error = tf.abs(error) <= threshold
        return tf.where(is_small_error, tf.square(error) / 2, threshold * (tf.abs(error) - (0.5 * threshold)))
