# /// variant
# exercises = ["contrastive_loss"]
# says = "another loss under the name: a hinge on the difference"
# fails = ["similar_pairs", "dissimilar_pairs"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    return tf.reduce_mean(tf.maximum(y_pred - y_true + 1.0, 0.0))
