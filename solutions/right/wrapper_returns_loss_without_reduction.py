# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "the wrapper returns a Loss that is told not to reduce: one loss per element, as asked"
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class _Huber(Loss):
    def __init__(self, threshold):
        super().__init__(reduction="none")
        self.threshold = threshold

    def call(self, y_true, y_pred):
        error = y_true - y_pred
        is_small_error = tf.abs(error) <= self.threshold
        return tf.where(is_small_error, tf.square(error) / 2, self.threshold * (tf.abs(error) - 0.5 * self.threshold))

def my_huber_loss_with_threshold(threshold):
    return _Huber(threshold)
