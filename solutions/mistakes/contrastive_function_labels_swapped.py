# /// variant
# exercises = ["contrastive_loss"]
# says = "the labels are swapped: 1 - y stands before the squared distance"
# fails = ["labels"]
# diagnosis = "labels-swapped"
# ///
from tensorflow.keras import backend as K

def contrastive_loss(y_true, y_pred):
    margin = 1
    square_pred = K.square(y_pred)
    margin_square = K.square(K.maximum(margin - y_pred, 0))
    return K.mean((1 - y_true) * square_pred + y_true * margin_square)
