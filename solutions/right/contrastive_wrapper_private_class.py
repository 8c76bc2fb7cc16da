# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "the wrapper returns an object whose class has a name that begins with an underscore"
# ///
import tensorflow as tf
from tensorflow.keras.losses import Loss

class _Contrastive(Loss):
    def __init__(self, margin):
        super().__init__()
        self.margin = margin

    def call(self, y_true, y_pred):
        square_pred = tf.square(y_pred)
        margin_square = tf.square(tf.maximum(self.margin - y_pred, 0))
        return y_true * square_pred + (1 - y_true) * margin_square

def contrastive_loss_with_margin(margin):
    return _Contrastive(margin)
