# /// variant
# exercises = ["contrastive_loss"]
# says = "the sum for the mean"
# fails = ["reduction"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    return tf.reduce_sum(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(1 - y_pred, 0)))
