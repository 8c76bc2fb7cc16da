# /// variant
# exercises = ["ContrastiveLoss"]
# says = "call returns one loss per pair; Keras takes the mean"
# ///
import tensorflow as tf
from tensorflow import keras

class ContrastiveLoss(keras.losses.Loss):
    def __init__(self, margin=1.0, **kwargs):
        super().__init__(**kwargs)
        self.margin = margin

    def call(self, y_true, y_pred):
        d2 = tf.square(y_pred)
        hinge = tf.maximum(self.margin - y_pred, 0.)
        return y_true * d2 + (1. - y_true) * tf.square(hinge)
