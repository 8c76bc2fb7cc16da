# /// variant
# exercises = ["contrastive_loss"]
# says = "the distance is cast to whole numbers together with the labels"
# fails = ["similar_pairs", "dissimilar_pairs"]
# # Whole numbers of distance still pay nothing beyond the margin, as they should.
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    y = tf.cast(y_true, tf.int32)
    d = tf.cast(y_pred, tf.int32)
    return tf.reduce_mean(y * d ** 2 + (1 - y) * tf.maximum(1 - d, 0) ** 2)
