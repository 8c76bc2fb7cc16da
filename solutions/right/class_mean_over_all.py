# /// variant
# exercises = ["MyHuberLoss"]
# says = "call already takes the mean over everything; the object gives the same scalar"
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss
from tensorflow.keras import backend as K

class MyHuberLoss(Loss):
    def __init__(self, threshold=1.0):
        super().__init__()
        self.threshold = threshold
    def call(self, y_true, y_pred):
        err = K.abs(y_true - y_pred)
        quad = K.minimum(err, self.threshold)
        return K.mean(0.5 * K.square(quad) + self.threshold * (err - quad))
