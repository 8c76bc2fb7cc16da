# /// variant
# exercises = ["MyHuberLoss"]
# says = "the class is there, nothing is in it"
# passes = []
# diagnosis = ""
# ///
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    pass
