# /// variant
# exercises = ["ContrastiveLoss"]
# says = "takes y_pred for a similarity: similar pairs pay (1 - s)^2, the others what is above the margin"
# fails = ["similar_pairs", "dissimilar_pairs"]
# diagnosis = "similarity-for-distance"
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class ContrastiveLoss(Loss):
    def __init__(self, margin=1.0):
        super().__init__()
        self.margin = margin

    def call(self, y_true, y_pred):
        similar = y_true * tf.square(1 - y_pred)
        dissimilar = (1 - y_true) * tf.square(tf.maximum(y_pred - self.margin, 0))
        return tf.reduce_mean(similar + dissimilar)
