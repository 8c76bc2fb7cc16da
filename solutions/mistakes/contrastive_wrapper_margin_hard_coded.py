# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "the inner function has its own margin of 1"
# fails = ["other_margins"]
# diagnosis = "margin-always-1"
# ///
from tensorflow.keras import backend as K

def contrastive_loss_with_margin(margin):
    def contrastive_loss(y_true, y_pred):
        margin = 1
        square_pred = K.square(y_pred)
        margin_square = K.square(K.maximum(margin - y_pred, 0))
        return K.mean(y_true * square_pred + (1 - y_true) * margin_square)
    return contrastive_loss
