# /// variant
# exercises = ["MyHuberLoss", "ContrastiveLoss"]
# says = "both classes inherit from an own subclass of Loss"
# ///
import tensorflow as tf

class LossWithParameter(tf.keras.losses.Loss):
    def __init__(self, parameter, **kwargs):
        super().__init__(**kwargs)
        self.parameter = parameter

class MyHuberLoss(LossWithParameter):
    def __init__(self, threshold):
        super().__init__(threshold, name="huber")

    def call(self, y_true, y_pred):
        error = tf.abs(y_true - y_pred)
        return tf.where(error <= self.parameter, error**2 / 2, self.parameter * error - self.parameter**2 / 2)

class ContrastiveLoss(LossWithParameter):
    def __init__(self, margin):
        super().__init__(margin)

    def call(self, y_true, y_pred):
        pull = y_true * tf.square(y_pred)
        push = (1 - y_true) * tf.square(tf.maximum(self.parameter - y_pred, 0))
        return tf.reduce_mean(pull + push)
