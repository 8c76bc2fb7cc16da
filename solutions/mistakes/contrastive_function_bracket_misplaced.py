# /// variant
# exercises = ["contrastive_loss"]
# says = "K.maximum(margin - y_pred), 0: the 0 stands outside"
# fails = ["similar_pairs", "dissimilar_pairs"]
# diagnosis = ""
# ///
from tensorflow.keras import backend as K

def contrastive_loss(y_true, y_pred):
    margin = 1
    square_pred = K.square(y_pred)
    margin_square = K.square(K.maximum(margin - y_pred), 0)
    return K.mean(y_true * square_pred + (1 - y_true) * margin_square)
