# /// variant
# exercises = ["contrastive_loss"]
# says = "two mistakes: the labels are swapped, and max with 0 is missing"
# fails = ["beyond_margin", "labels"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    return tf.reduce_mean((1 - y_true) * tf.square(y_pred) + y_true * tf.square(1 - y_pred))
