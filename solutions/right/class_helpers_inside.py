# /// variant
# exercises = ["MyHuberLoss"]
# says = "static methods, a property and private helpers inside the class"
# ///
import tensorflow as tf
from tensorflow.keras import losses

class MyHuberLoss(losses.Loss):

    def __init__(self, threshold):
        losses.Loss.__init__(self)
        self.__threshold = float(threshold)

    @property
    def threshold(self):
        return self.__threshold

    @staticmethod
    def _small(error):
        return 0.5 * error * error

    def _large(self, error):
        return self.threshold * (tf.abs(error) - 0.5 * self.threshold)

    def _is_small(self, error):
        return tf.abs(error) <= self.threshold

    def call(self, y_true, y_pred):
        error = y_true - y_pred
        return tf.where(self._is_small(error), self._small(error), self._large(error))
