# /// variant
# exercises = ["contrastive_loss"]
# says = "a minus before everything"
# fails = ["similar_pairs", "dissimilar_pairs"]
# diagnosis = ""
# ///
from tensorflow.keras import backend as K

def contrastive_loss(y_true, y_pred):
    return -K.mean(y_true * K.square(y_pred) + (1 - y_true) * K.square(K.maximum(1 - y_pred, 0)))
