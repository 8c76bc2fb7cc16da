# /// variant
# exercises = ["contrastive_loss"]
# says = "the bracket of mean closes after the first term"
# fails = ["similar_pairs"]
# # With one loss per pair out of one term and a mean out of the other, the batch
# # decides what the shapes and labels look like.
# diagnosis = ""
# ///
from tensorflow.keras import backend as K

def contrastive_loss(y_true, y_pred):
    square_pred = K.square(y_pred)
    margin_square = K.square(K.maximum(1 - y_pred, 0))
    return K.mean(y_true * square_pred) + (1 - y_true) * margin_square
