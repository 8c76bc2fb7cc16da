# /// variant
# exercises = ["contrastive_loss"]
# says = "dissimilar pairs cost nothing"
# fails = ["dissimilar_pairs"]
# diagnosis = "dissimilar-term-missing"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    margin_square = tf.square(tf.maximum(1 - y_pred, 0))
    return tf.reduce_mean(y_true * tf.square(y_pred))
