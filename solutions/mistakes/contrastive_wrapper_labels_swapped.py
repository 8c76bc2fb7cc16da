# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "the labels are swapped"
# fails = ["labels"]
# diagnosis = "labels-swapped"
# ///
from tensorflow.keras import backend as K

def contrastive_loss_with_margin(margin=1.0):
    def contrastive_loss(y_true, y_pred):
        hinge = K.maximum(margin - y_pred, 0)
        return K.mean((1 - y_true) * K.square(y_pred) + y_true * K.square(hinge))
    return contrastive_loss
