# /// variant
# exercises = ["MyHuberLoss"]
# says = "self is missing among the arguments of call"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, threshold):
        super().__init__()
        self.threshold = threshold

    def call(y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= threshold, e ** 2 / 2, threshold * (e - threshold / 2))
