# /// variant
# exercises = ["MyHuberLoss"]
# says = "NumPy's methods on tensors, switched on by the newer name inside a try"
# ///
import tensorflow as tf
import tensorflow.experimental.numpy as tnp
from tensorflow.keras.losses import Loss
try:
    tnp.experimental_enable_numpy_behavior(prefer_float32=True)
except AttributeError:
    pass
# %%
class MyHuberLoss(Loss):
    def __init__(self, threshold=1.0):
        super().__init__()
        self.threshold = threshold

    def call(self, y_true, y_pred):
        error = (y_true - y_pred).reshape(-1)
        size = tnp.abs(error)
        small = (size <= self.threshold).astype(tf.float32)
        return (small * error**2 / 2 + (1 - small) * self.threshold * (size - self.threshold / 2)).mean()
