# /// variant
# exercises = ["ContrastiveLoss"]
# says = "its argument is called threshold, and the course calls it margin"
# fails = ["keyword"]
# diagnosis = ""
# ///
import tensorflow as tf

class ContrastiveLoss(tf.keras.losses.Loss):
    def __init__(self, threshold):
        super().__init__()
        self.threshold = threshold

    def call(self, y_true, y_pred):
        return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(self.threshold - y_pred, 0)))
