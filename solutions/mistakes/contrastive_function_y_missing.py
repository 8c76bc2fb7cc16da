# /// variant
# exercises = ["contrastive_loss"]
# says = "the first term is not multiplied by y: all pairs are pulled together"
# fails = ["dissimilar_pairs"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    return tf.reduce_mean(tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(1 - y_pred, 0)))
