# /// variant
# exercises = ["contrastive_loss"]
# says = "K.squrare"
# fails = ["similar_pairs", "dissimilar_pairs"]
# diagnosis = ""
# ///
from tensorflow.keras import backend as K

def contrastive_loss(y_true, y_pred):
    square_pred = K.squrare(y_pred)
    margin_square = K.square(K.maximum(1 - y_pred, 0))
    return K.mean(y_true * square_pred + (1 - y_true) * margin_square)
