# /// variant
# exercises = ["contrastive_loss"]
# says = "beyond the margin the loss turns negative"
# fails = ["beyond_margin"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    rest = 1.0 - y_pred
    return tf.reduce_mean(y_true * y_pred**2 + (1.0 - y_true) * rest * tf.abs(rest))
