# /// variant
# exercises = ["MyHuberLoss"]
# says = "call is attached to the class in a later cell"
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    def __init__(self, threshold):
        super().__init__()
        self.threshold = threshold
# %% [markdown]
# Now the method.
# %%
def call(self, y_true, y_pred):
    error = y_true - y_pred
    return tf.where(
        tf.abs(error) <= self.threshold,
        tf.square(error) / 2,
        self.threshold * (tf.abs(error) - 0.5 * self.threshold),
    )

MyHuberLoss.call = call
