# /// variant
# exercises = ["ContrastiveLoss"]
# says = "Reduction.AUTO, as of Keras 2"
# fails = ["similar_pairs", "dissimilar_pairs"]
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class ContrastiveLoss(Loss):
    def __init__(self, margin=1.0, reduction=tf.keras.losses.Reduction.AUTO):
        super().__init__(reduction=reduction)
        self.margin = margin

    def call(self, y_true, y_pred):
        square_pred = tf.square(y_pred)
        margin_square = tf.square(tf.maximum(self.margin - y_pred, 0))
        return tf.reduce_mean(y_true * square_pred + (1 - y_true) * margin_square)
