# /// variant
# exercises = ["contrastive_loss"]
# says = "max(D - margin, 0): dissimilar pairs pay for being far apart"
# fails = ["dissimilar_pairs"]
# diagnosis = "hinge-turned-round"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    margin = 1.
    hinge = tf.maximum(y_pred - margin, 0.)
    return tf.reduce_mean(y_true * tf.square(y_pred) + (1. - y_true) * tf.square(hinge))
