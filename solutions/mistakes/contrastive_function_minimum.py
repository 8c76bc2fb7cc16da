# /// variant
# exercises = ["contrastive_loss"]
# says = "minimum for maximum"
# fails = ["dissimilar_pairs"]
# diagnosis = "hinge-turned-round"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    margin_square = tf.square(tf.minimum(1 - y_pred, 0))
    return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * margin_square)
