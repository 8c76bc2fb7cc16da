# /// variant
# exercises = ["ContrastiveLoss"]
# says = "the class attribute 1 is never replaced by the margin that is given"
# fails = ["other_margins"]
# diagnosis = "margin-always-1"
# ///
from tensorflow.keras.losses import Loss
from tensorflow.keras import backend as K

class ContrastiveLoss(Loss):
    margin = 1

    def __init__(self, margin):
        super().__init__()

    def call(self, y_true, y_pred):
        square_pred = K.square(y_pred)
        margin_square = K.square(K.maximum(self.margin - y_pred, 0))
        return K.mean(y_true * square_pred + (1 - y_true) * margin_square)
