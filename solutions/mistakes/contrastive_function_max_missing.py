# /// variant
# exercises = ["contrastive_loss"]
# says = "max with 0 is missing: pairs beyond the margin still pay"
# fails = ["beyond_margin"]
# diagnosis = "max-forgotten"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(1 - y_pred))
