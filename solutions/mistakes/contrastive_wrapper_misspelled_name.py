# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "the name is misspelled, and the return is missing: constrastive_loss_with_margin"
# passes = []
# status = "missing"
# diagnosis = ""
# ///
from tensorflow.keras import backend as K

def constrastive_loss_with_margin(margin):
    def contrastive_loss(y_true, y_pred):
        return K.mean(y_true * K.square(y_pred) + (1 - y_true) * K.square(K.maximum(margin - y_pred, 0)))
