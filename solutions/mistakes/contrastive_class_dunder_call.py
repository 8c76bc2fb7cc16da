# /// variant
# exercises = ["ContrastiveLoss"]
# says = "__call__ for call: Keras also hands over sample weights, which it does not take"
# fails = ["training"]
# # Whether a call with two arguments is "as Keras calls it" can be seen in two ways.
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class ContrastiveLoss(Loss):
    def __init__(self, margin):
        super().__init__()
        self.margin = margin

    def __call__(self, y_true, y_pred):
        return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(self.margin - y_pred, 0)))
