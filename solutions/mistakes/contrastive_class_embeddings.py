# /// variant
# exercises = ["ContrastiveLoss"]
# says = "cuts y_pred into two embeddings of 128 numbers, where a distance is given"
# fails = ["similar_pairs", "dissimilar_pairs"]
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class ContrastiveLoss(Loss):
    def __init__(self, margin=1.0):
        super().__init__()
        self.margin = margin

    def call(self, y_true, y_pred):
        left, right = tf.split(y_pred, [128, 128], axis=1)
        d = tf.norm(left - right, axis=-1)
        return tf.reduce_mean(y_true * tf.square(d) + (1 - y_true) * tf.square(tf.maximum(self.margin - d, 0)))
