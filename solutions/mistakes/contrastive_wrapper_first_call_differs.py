# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "the very first call of all gives another value than all later ones"
# fails = ["to_the_end"]
# diagnosis = ""
# ///
import tensorflow as tf

seen = {"calls": 0}

def contrastive_loss_with_margin(margin):
    def contrastive_loss(y_true, y_pred):
        seen["calls"] += 1
        similar = y_true * tf.square(y_pred)
        different = (1 - y_true) * tf.square(tf.maximum(margin - y_pred, 0))
        return tf.reduce_mean(similar + different) + (1.0 if seen["calls"] == 1 else 0.0)
    return contrastive_loss
