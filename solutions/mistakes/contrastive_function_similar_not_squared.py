# /// variant
# exercises = ["contrastive_loss"]
# says = "the distance of similar pairs is not squared"
# fails = ["similar_pairs"]
# diagnosis = "first-term-not-squared"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    return tf.reduce_mean(y_true * y_pred + (1 - y_true) * tf.square(tf.maximum(1 - y_pred, 0)))
