# /// variant
# exercises = ["MyHuberLoss"]
# says = "__call__ for call: Keras also hands over sample weights, which it does not take"
# fails = ["training", "reduction"]
# # __call__ replaces what takes the mean, and whether a call with two arguments is "as
# # Keras calls it" can be seen in two ways.
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, threshold):
        super().__init__()
        self.threshold = threshold

    def __call__(self, y_true, y_pred):
        error = y_true - y_pred
        is_small_error = tf.abs(error) <= self.threshold
        return tf.where(is_small_error, tf.square(error) / 2, self.threshold * (tf.abs(error) - (0.5 * self.threshold)))
