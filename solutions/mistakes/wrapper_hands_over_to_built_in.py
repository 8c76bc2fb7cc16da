# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "handed over to keras.losses.huber with delta"
# passes = []
# diagnosis = ""
# ///
from keras import losses

def my_huber_loss_with_threshold(threshold):
    return lambda y_true, y_pred: losses.huber(y_true, y_pred, delta=threshold)
