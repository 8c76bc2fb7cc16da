# /// variant
# exercises = ["contrastive_loss"]
# says = "zero for every pair"
# fails = ["similar_pairs", "dissimilar_pairs"]
# # Pairs beyond the margin do cost nothing.
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    return tf.reduce_mean(0.0 * y_true * y_pred)
