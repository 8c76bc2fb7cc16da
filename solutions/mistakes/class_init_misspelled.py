# /// variant
# exercises = ["MyHuberLoss"]
# says = "_init_ for __init__: the threshold is stored nowhere"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    def _init_(self, threshold):
        super()._init_()
        self.threshold = threshold

    def call(self, y_true, y_pred):
        error = y_true - y_pred
        is_small_error = tf.abs(error) <= self.threshold
        return tf.where(is_small_error, tf.square(error) / 2, self.threshold * (tf.abs(error) - (0.5 * self.threshold)))
