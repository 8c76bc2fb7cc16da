# /// variant
# exercises = ["MyHuberLoss"]
# says = "the class is there, nothing is in it"
# fails = ["small_errors", "large_errors"]
# diagnosis = ""
# ///
from tensorflow.keras.losses import Loss

class MyHuberLoss(Loss):
    pass
