# /// variant
# exercises = ["MyHuberLoss"]
# says = "sqrt of the square for abs; TensorFlow gives its gradient at zero the value 0"
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, threshold):
        super().__init__()
        self.threshold = threshold

    def call(self, y_true, y_pred):
        e = tf.sqrt((y_true - y_pred) ** 2)
        return tf.where(e <= self.threshold, e ** 2 / 2, self.threshold * (e - self.threshold / 2))
