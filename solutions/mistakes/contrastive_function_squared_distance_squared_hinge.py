# /// variant
# exercises = ["contrastive_loss"]
# says = "max(margin - D^2, 0)^2"
# fails = ["dissimilar_pairs"]
# diagnosis = ""
# ///
from tensorflow.keras import backend as K

def contrastive_loss(y_true, y_pred):
    margin = 1
    y_pred_squared = K.square(y_pred)
    margin_square = K.square(K.maximum(margin - y_pred_squared, 0))
    return K.mean(y_true * y_pred_squared + (1 - y_true) * margin_square)
