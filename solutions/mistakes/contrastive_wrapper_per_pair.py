# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "one loss per pair, where the mean over the batch was asked for"
# fails = ["reduction"]
# diagnosis = ""
# ///
from tensorflow.keras import backend as K

def contrastive_loss_with_margin(margin):
    def contrastive_loss(y_true, y_pred):
        square_pred = K.square(y_pred)
        margin_square = K.square(K.maximum(margin - y_pred, 0))
        return (y_true * square_pred + (1 - y_true) * margin_square)
    return contrastive_loss
