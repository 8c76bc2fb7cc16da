# /// variant
# exercises = ["contrastive_loss", "contrastive_loss_with_margin", "ContrastiveLoss"]
# says = "one keras.ops function for all three"
# ///
import keras
from keras import ops

def _contrastive(y_true, y_pred, margin):
    y_true, y_pred = ops.cast(y_true, "float32"), ops.cast(y_pred, "float32")
    return ops.mean(
        ops.multiply(y_true, ops.power(y_pred, 2))
        + ops.multiply(1.0 - y_true, ops.power(ops.relu(margin - y_pred), 2))
    )

def contrastive_loss(y_true, y_pred):
    return _contrastive(y_true, y_pred, 1.0)

def contrastive_loss_with_margin(margin):
    def loss(y_true, y_pred):
        return _contrastive(y_true, y_pred, margin)
    return loss

class ContrastiveLoss(keras.Loss):
    def __init__(self, margin):
        super().__init__()
        self.margin = margin

    def call(self, y_true, y_pred):
        return _contrastive(y_true, y_pred, self.margin)
