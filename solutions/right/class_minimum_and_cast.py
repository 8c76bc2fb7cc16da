# /// variant
# exercises = ["MyHuberLoss"]
# says = "casts both inputs, no branch, a threshold kept as a tensor"
# ///
import tensorflow as tf

class MyHuberLoss(tf.keras.losses.Loss):
    def __init__(self, threshold=tf.constant(1.0)):
        super().__init__()
        self.threshold = tf.cast(threshold, tf.float32)

    def call(self, y_true, y_pred):
        y_true = tf.cast(y_true, tf.float32)
        y_pred = tf.cast(y_pred, tf.float32)
        size = tf.abs(y_true - y_pred)
        inner = tf.minimum(size, self.threshold)
        return inner * (size - 0.5 * inner)
