# /// variant
# exercises = ["contrastive_loss"]
# says = "clip_by_value for the hinge, one factor for both kinds of pairs"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    rest = 1.0 - tf.clip_by_value(y_pred, -1e9, 1.0)
    chosen = y_true * y_pred + (1.0 - y_true) * rest
    return tf.reduce_mean(tf.square(chosen))
