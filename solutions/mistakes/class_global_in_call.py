# /// variant
# exercises = ["MyHuberLoss"]
# says = "call uses a global where self.threshold was meant"
# fails = ["other_thresholds"]
# diagnosis = "threshold-always-1"
# ///
import tensorflow as tf
from tensorflow import keras

threshold = 1

class MyHuberLoss(keras.losses.Loss):
    def __init__(self, threshold):
        super().__init__()
        self.threshold = threshold

    def call(self, y_true, y_pred):
        error = y_true - y_pred
        is_small_error = tf.abs(error) <= threshold
        small_error_loss = tf.square(error) / 2
        big_error_loss = threshold * (tf.abs(error) - (0.5 * threshold))
        return tf.where(is_small_error, small_error_loss, big_error_loss)
