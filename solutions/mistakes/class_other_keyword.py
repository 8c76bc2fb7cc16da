# /// variant
# exercises = ["MyHuberLoss"]
# says = "the argument of __init__ is called delta, and the course calls it threshold"
# fails = ["keyword"]
# diagnosis = ""
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, delta=1.0):
        super().__init__()
        self.delta = delta

    def call(self, y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= self.delta, e ** 2 / 2, self.delta * (e - self.delta / 2))
