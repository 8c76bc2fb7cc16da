# /// variant
# exercises = ["MyHuberLoss"]
# says = "Keras is told to compute this loss in float64"
# fails = ["precision"]
# diagnosis = ""
# ///
import keras
import tensorflow as tf

class MyHuberLoss(keras.losses.Loss):
    def __init__(self, threshold):
        super().__init__(dtype="float64")
        self.threshold = threshold

    def call(self, y_true, y_pred):
        e = tf.abs(y_true - y_pred)
        return tf.where(e <= self.threshold, e ** 2 / 2, self.threshold * (e - self.threshold / 2))
