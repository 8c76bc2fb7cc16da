# /// variant
# exercises = ["ContrastiveLoss"]
# says = "the margin is stored on the class"
# fails = ["side_by_side"]
# diagnosis = ""
# ///
import tensorflow as tf

class ContrastiveLoss(tf.keras.losses.Loss):
    def __init__(self, margin=1.0):
        super().__init__()
        type(self).margin = margin

    def call(self, y_true, y_pred):
        return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(self.margin - y_pred, 0)))
