# /// variant
# exercises = ["contrastive_loss"]
# says = "keras.ops only"
# ///
from keras import ops

def contrastive_loss(y_true, y_pred):
    y_true = ops.cast(y_true, y_pred.dtype)
    positive = y_true * ops.square(y_pred)
    negative = (1 - y_true) * ops.square(ops.maximum(1 - y_pred, 0))
    return ops.mean(positive + negative)
