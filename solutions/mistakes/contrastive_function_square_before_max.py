# /// variant
# exercises = ["contrastive_loss"]
# says = "the square is taken before max, where it helps no more"
# fails = ["beyond_margin"]
# diagnosis = "max-forgotten"
# ///
from tensorflow.keras import backend as K

def contrastive_loss(y_true, y_pred):
    margin = 1
    square_pred = K.square(y_pred)
    margin_square = K.maximum(K.square(margin - y_pred), 0)
    return K.mean(y_true * square_pred + (1 - y_true) * margin_square)
