# /// variant
# exercises = ["contrastive_loss"]
# says = "similar pairs cost nothing"
# fails = ["similar_pairs"]
# diagnosis = "similar-term-missing"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    return tf.reduce_mean((1 - y_true) * tf.square(tf.maximum(1 - y_pred, 0)))
