# /// variant
# exercises = ["contrastive_loss"]
# says = "the plain name is a wrapper that takes a margin"
# fails = ["similar_pairs", "dissimilar_pairs"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(margin=1):
    def loss(y_true, y_pred):
        return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(margin - y_pred, 0)))
    return loss
