# /// variant
# exercises = ["contrastive_loss"]
# says = "the margin is 0.5 where 1 was asked for"
# fails = ["dissimilar_pairs"]
# diagnosis = "another-margin"
# ///
import tensorflow as tf
MARGIN = 0.5

def contrastive_loss(y_true, y_pred):
    return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(MARGIN - y_pred, 0)))
