# /// variant
# exercises = ["ContrastiveLoss"]
# says = "neither of the two terms is squared"
# fails = ["similar_pairs", "dissimilar_pairs"]
# diagnosis = "nothing-squared"
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class ContrastiveLoss(Loss):
    def __init__(self, margin):
        super().__init__()
        self.margin = margin

    def call(self, y_true, y_pred):
        return tf.reduce_mean(y_true * y_pred + (1 - y_true) * tf.maximum(self.margin - y_pred, 0))
