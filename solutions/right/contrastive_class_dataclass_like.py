# /// variant
# exercises = ["ContrastiveLoss"]
# says = "the margin as a property over a private attribute, helpers as methods"
# ///
import tensorflow as tf
from tensorflow.keras import losses as L

class ContrastiveLoss(L.Loss):
    def __init__(self, margin):
        super().__init__()
        self._margin = tf.constant(margin, tf.float32)

    @property
    def margin(self):
        return self._margin

    def attract(self, d):
        return tf.pow(d, 2)

    def repel(self, d):
        return tf.pow(tf.math.maximum(tf.math.subtract(self.margin, d), tf.zeros_like(d)), 2)

    def call(self, y_true, y_pred):
        return tf.add(tf.multiply(y_true, self.attract(y_pred)), tf.multiply(1.0 - y_true, self.repel(y_pred)))
