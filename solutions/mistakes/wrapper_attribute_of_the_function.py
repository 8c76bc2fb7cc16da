# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "the threshold is an attribute of one function, which every call of the wrapper returns"
# fails = ["side_by_side"]
# diagnosis = ""
# ///
import tensorflow as tf

def _loss(y_true, y_pred):
    d = _loss.threshold
    size = tf.abs(y_true - y_pred)
    part = tf.minimum(size, d)
    return part * (size - part / 2)

def my_huber_loss_with_threshold(threshold):
    _loss.threshold = threshold
    return _loss
