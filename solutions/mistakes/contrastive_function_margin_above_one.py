# /// variant
# exercises = ["contrastive_loss"]
# says = "the margin is 2 where 1 was asked for"
# fails = ["dissimilar_pairs"]
# diagnosis = "another-margin"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    margin = 2.0
    return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(margin - y_pred, 0)))
