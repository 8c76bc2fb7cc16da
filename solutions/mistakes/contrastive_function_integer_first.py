# /// variant
# exercises = ["contrastive_loss"]
# says = "K.maximum(0, ...) with the integer first: right eagerly, refused in a graph"
# fails = ["graph"]
# diagnosis = ""
# ///
from tensorflow.keras import backend as K

def contrastive_loss(y_true, y_pred):
    margin_square = K.square(K.maximum(0, 1 - y_pred))
    return K.mean(y_true * K.square(y_pred) + (1 - y_true) * margin_square)
