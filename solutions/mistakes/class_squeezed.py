# /// variant
# exercises = ["MyHuberLoss"]
# says = "squeezed tensors: in a graph Keras does not know how many dimensions there are"
# fails = ["graph"]
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, threshold):
        super().__init__()
        self.threshold = threshold

    def call(self, y_true, y_pred):
        error = tf.squeeze(y_true) - tf.squeeze(y_pred)
        is_small_error = tf.abs(error) <= self.threshold
        return tf.where(is_small_error, tf.square(error) / 2, self.threshold * (tf.abs(error) - 0.5 * self.threshold))
