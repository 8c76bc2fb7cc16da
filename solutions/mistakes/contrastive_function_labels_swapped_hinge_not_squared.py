# /// variant
# exercises = ["contrastive_loss"]
# says = "two mistakes: the labels are swapped, and the hinge is not squared"
# fails = ["dissimilar_pairs", "labels"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    pull = (1 - y_true) * tf.square(y_pred)
    push = y_true * tf.maximum(1 - y_pred, 0)
    return tf.reduce_mean(pull + push)
