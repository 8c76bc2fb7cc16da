# /// variant
# exercises = ["contrastive_loss"]
# says = "the second term is not squared"
# fails = ["dissimilar_pairs"]
# diagnosis = "second-term-not-squared"
# ///
from tensorflow.keras import backend as K

def contrastive_loss(y_true, y_pred):
    margin = 1
    square_pred = K.square(y_pred)
    margin_part = K.maximum(margin - y_pred, 0)
    return K.mean(y_true * square_pred + (1 - y_true) * margin_part)
