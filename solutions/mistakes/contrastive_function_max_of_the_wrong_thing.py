# /// variant
# exercises = ["contrastive_loss"]
# says = "max is put around the distance alone: margin - max(D, 0)"
# fails = ["beyond_margin"]
# diagnosis = "max-forgotten"
# ///
from tensorflow.keras import backend as K

def contrastive_loss(y_true, y_pred):
    margin_square = K.square(1 - K.maximum(y_pred, 0))
    return K.mean(y_true * K.square(y_pred) + (1 - y_true) * margin_square)
