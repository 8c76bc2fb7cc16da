# /// variant
# exercises = ["ContrastiveLoss"]
# says = "an extra factor one half"
# fails = ["scale"]
# diagnosis = "halved"
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class ContrastiveLoss(Loss):
    def __init__(self, margin):
        super().__init__()
        self.margin = margin

    def call(self, y_true, y_pred):
        return tf.reduce_mean(0.5 * (y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(self.margin - y_pred, 0))))
