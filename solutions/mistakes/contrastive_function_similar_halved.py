# /// variant
# exercises = ["contrastive_loss"]
# says = "a half before the first term alone"
# fails = ["similar_pairs"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    return tf.reduce_mean(y_true * tf.square(y_pred) / 2 + (1 - y_true) * tf.square(tf.maximum(1 - y_pred, 0)))
