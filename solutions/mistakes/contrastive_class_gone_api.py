# /// variant
# exercises = ["ContrastiveLoss"]
# says = "K out of keras, which has no square, maximum and mean any more"
# fails = ["similar_pairs", "dissimilar_pairs"]
# diagnosis = ""
# ///
from keras.losses import Loss
from keras import backend as K

class ContrastiveLoss(Loss):
    def __init__(self, margin):
        super().__init__()
        self.margin = margin

    def call(self, y_true, y_pred):
        return K.mean(y_true * K.square(y_pred) + (1 - y_true) * K.square(K.maximum(self.margin - y_pred, 0)))
