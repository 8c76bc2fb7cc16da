# /// variant
# exercises = ["ContrastiveLoss"]
# says = "max with 0 is missing"
# fails = ["beyond_margin"]
# diagnosis = "max-forgotten"
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class ContrastiveLoss(Loss):
    def __init__(self, margin):
        super().__init__()
        self.margin = margin

    def call(self, y_true, y_pred):
        return y_true * tf.square(y_pred) + (1 - y_true) * tf.square(self.margin - y_pred)
