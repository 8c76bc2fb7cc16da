# /// variant
# exercises = ["contrastive_loss"]
# says = "y for 1 - y in the second term"
# fails = ["similar_pairs", "dissimilar_pairs"]
# diagnosis = "one-minus-missing"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    return tf.reduce_mean(y_true * tf.square(y_pred) + y_true * tf.square(tf.maximum(1 - y_pred, 0)))
