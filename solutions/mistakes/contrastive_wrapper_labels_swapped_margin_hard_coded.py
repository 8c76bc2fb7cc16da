# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "two mistakes: the labels are swapped, and the margin is always 1"
# fails = ["labels", "other_margins"]
# diagnosis = ""
# ///
from tensorflow.keras import backend as K

def contrastive_loss_with_margin(margin):
    def contrastive_loss(y_true, y_pred):
        margin = 1
        return K.mean((1 - y_true) * K.square(y_pred) + y_true * K.square(K.maximum(margin - y_pred, 0)))
    return contrastive_loss
