# /// variant
# exercises = ["MyHuberLoss"]
# says = "call returns the mean over the last axis, which is Keras' own convention"
# ///
import tensorflow as tf
from keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, threshold):
        super().__init__(name="huber")
        self.threshold = threshold

    def call(self, y_true, y_pred):
        error = tf.abs(y_true - y_pred)
        loss = tf.where(error <= self.threshold, error ** 2 / 2, self.threshold * (error - self.threshold / 2))
        return tf.reduce_mean(loss, axis=-1)
