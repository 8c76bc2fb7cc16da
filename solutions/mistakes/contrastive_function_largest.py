# /// variant
# exercises = ["contrastive_loss"]
# says = "the largest loss of the batch, where the mean was asked for"
# fails = ["gradient", "reduction"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    square_pred = tf.square(y_pred)
    margin_square = tf.square(tf.maximum(1 - y_pred, 0))
    return tf.reduce_max(y_true * square_pred + (1 - y_true) * margin_square)
