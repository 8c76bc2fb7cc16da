# /// variant
# exercises = ["ContrastiveLoss"]
# says = "super().__init__() is missing"
# fails = ["called_by_keras"]
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class ContrastiveLoss(Loss):
    def __init__(self, margin):
        self.margin = margin

    def call(self, y_true, y_pred):
        return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(self.margin - y_pred, 0)))
